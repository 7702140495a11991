-- The book's own elements, given their final form for every format. Both engines run this filter: press when it
-- reads a chapter, Quarto before its own filters. What it leaves are plain divs, which the style sheet, the script and the
-- PDF's template know by their classes.
--
--   .predict   its task list becomes a list of .option divs, the right one also .right, each with its .feedback
--   .step      its `because` becomes a .because div that stands first

local function is_box(inline)
  return inline and inline.t == "Str" and (inline.text == "☐" or inline.text == "☒")
end

-- One item of the task list: its first paragraph is the option, the rest is the feedback.
local function option(item)
  local first = item[1]
  if not first or not is_box(first.content and first.content[1]) then
    return nil
  end
  local right = first.content[1].text == "☒"
  local choice = pandoc.List(first.content)
  choice:remove(1) -- the box
  choice:remove(1) -- the space behind it
  local feedback = pandoc.List(item)
  feedback:remove(1)
  local classes = right and { "option", "right" } or { "option" }
  return pandoc.Div({ pandoc.Para(choice), pandoc.Div(feedback, { class = "feedback" }) }, pandoc.Attr("", classes))
end

-- Quarto's PDF and EPUB, in which nobody can touch anything; press sees to its own.
local untouchable = quarto and not FORMAT:match("^html")

-- The options first, and only then what choosing each of them tells: two lists with the same letters.
local function judged(options)
  local letters = pandoc.ListAttributes(1, "UpperAlpha", "Period")
  local choices = options:map(function(o) return { o.content[1] } end)
  local verdicts = options:map(function(o)
    local told = o.content[2].content
    if o.classes:includes("right") then
      told:insert(1, pandoc.Para({ pandoc.Strong({ pandoc.Str("Right.") }) }))
    end
    return told
  end)
  return {
    pandoc.Div({ pandoc.OrderedList(choices, letters) }, { class = "options" }),
    pandoc.Div({ pandoc.OrderedList(verdicts, letters) }, { class = "verdicts" }),
  }
end

local function predict(div)
  local blocks = pandoc.List()
  for _, block in ipairs(div.content) do
    local options = block.t == "BulletList" and block.content:map(option) or {}
    if #options == 0 or #options ~= #block.content then
      blocks:insert(block) -- a paragraph, say, or an ordinary list in the question
    elseif untouchable then
      blocks:extend(judged(options))
    else
      blocks:insert(pandoc.BulletList(options:map(function(o) return { o } end)))
    end
  end
  div.content = blocks
  return div
end

-- "Try this" begins a question to a figure that moves.
local function paragraph(para)
  local first = para.content[1]
  if untouchable and first and first.t == "Strong" and pandoc.utils.stringify(first):match("^Try this:?$") then
    local words = pandoc.utils.stringify(first):gsub("Try this", "On the web page")
    para.content[1] = pandoc.Strong({ pandoc.Str(words) })
    return para
  end
end

local function step(div)
  local because = div.attributes["because"]
  if because then
    div.attributes["because"] = nil
    div.content:insert(1, pandoc.Div({ pandoc.Para({ pandoc.Str(because) }) }, { class = "because" }))
  end
  return div
end

-- Words of a caption that name a role: Quarto's PDF draws the mark as press's does. Pages have it by their style sheet.
local function span(element)
  local role = (element.classes[1] or ""):match("^role%-(%a+)$")
  if role and quarto and quarto.doc.is_format("typst") then
    local inlines = pandoc.Inlines(element.content)
    inlines:insert(1, pandoc.RawInline("typst", ('#swatch("%s")['):format(role)))
    inlines:insert(pandoc.RawInline("typst", "];"))
    return inlines
  end
end

-- For Quarto. The notebooks are made after it has looked for what links lead to: it must not look for these. And where
-- nothing can be touched, a link to a state of a figure leads to the figure.
local function link(element)
  if quarto and element.target:match("%.ipynb$") then
    element.attributes["noresolveinput"] = ""
  elseif untouchable then
    element.target = element.target:gsub("(#fig%-[%w%-]+):.*$", "%1")
  end
  return element
end

-- Quarto takes a callout's id for a cross-reference of a kind that it does not know, and drops it: it goes on a div around.
local function callout(div)
  local name = div.identifier
  div.identifier = ""
  return pandoc.Div({ div }, pandoc.Attr(name))
end

local function is_callout(div)
  return div.classes:find_if(function(class) return class:match("^callout%-") end) ~= nil
end

-- The checks of a derivation's lines, for paper. On the page each equation has its own, a quotation of three lines: the
-- left side's value, the right side's, and how far they are apart. In print one line gives the largest difference; a check
-- that fails stays below its equation and says only by how much. These are the words of press/verdicts.py.
local function quotation(words, said)
  local inlines = pandoc.Inlines("Both sides computed: they " .. words)
  inlines:extend(said or {})
  return pandoc.BlockQuote({ pandoc.Para(inlines) })
end

-- The last line of a check; nothing where the block is none.
local function verdict(block)
  local inlines = block.t == "BlockQuote" and block.content[1].content or {}
  for place = #inlines, 1, -1 do
    if inlines[place].t == "LineBreak" then
      return pandoc.List({ table.unpack(inlines, place + 1) })
    end
  end
end

-- The number that is written as 0 or as 2 × 10⁻¹⁶.
local function size(difference)
  local digits = { ["⁰"] = "0", ["¹"] = "1", ["²"] = "2", ["³"] = "3", ["⁴"] = "4", ["⁵"] = "5", ["⁶"] = "6",
    ["⁷"] = "7", ["⁸"] = "8", ["⁹"] = "9", ["⁻"] = "-", ["×"] = "e", ["\u{a0}"] = "" }
  return tonumber((difference:gsub(utf8.charpattern, digits):gsub("e10", "e")))
end

local function in_short(cell)
  local kept, largest = pandoc.List(), nil
  for _, block in ipairs(cell.content) do
    local said = verdict(block)
    local difference = said and pandoc.utils.stringify(said):match("^difference\u{a0}(.*)$")
    if difference then
      largest = largest and size(largest) >= size(difference) and largest or difference
    elseif said then
      kept:insert(quotation("", said))
    else
      kept:insert(block)
    end
  end
  if largest then
    kept:insert(quotation(size(largest) > 0 and "differ by at most " .. largest or "do not differ"))
  end
  cell.content = kept
  return cell
end

-- An expected error says its last line, as press shows it; Quarto brings the whole traceback, with a terminal's colours.
local function last_line(div)
  return div:walk({
    CodeBlock = function(block)
      for line in block.text:gsub("\27%[[%d;]*m", ""):gmatch("[^\n]+") do
        block.text = line
      end
      return block
    end,
  })
end

return {
  {
    Link = link,
    Para = paragraph,
    Span = span,
    Div = function(div)
      if div.classes:includes("predict") then
        return predict(div)
      elseif div.classes:includes("step") then
        return step(div)
      elseif quarto and div.identifier ~= "" and is_callout(div) then
        return callout(div)
      elseif quarto and div.classes:includes("column-margin") and quarto.doc.is_format("typst") then
        return div.content -- else Quarto lays out the whole PDF for margins
      elseif div.classes:includes("cell-output-error") then
        return last_line(div)
      elseif untouchable and div.classes:includes("cell-output-markdown") then
        return in_short(div)
      end
    end,
  },
}
