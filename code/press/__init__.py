"""press renders and checks an executable book: Quarto Markdown in, a site, PDFs, an EPUB and notebooks out.

The path of a chapter, a module a step, with those that it is made of:

    source      the .qmd's text: front matter, cells, inline expressions, each with its line (scan, cell)
    pandoc      the text's document tree, read and written by Pandoc (tree)
    check       what press or Quarto would get wrong, refused (check_elements, check_pandoc, check_place)
    execute     the cells, run in a Jupyter kernel in document order (surroundings, results)
    splice      their outputs, put into the tree (shown, separate)
    number      numbers on sections, figures, equations and tables; references resolves references to them
    citations   citations and bibliography, set by citeproc
    html        the numbered tree as a page (mathml, highlight, code_links, breaks),
                site around it (search, previews, mathfont, scripts)
    typst       as text for the PDF (paper, typst_captioned, typst_text), pdf sets that (settle)
    epub        as an EPUB (epub_finish, answers, verdicts), notebook as a notebook, wheel the package beside it

project reads `_quarto.yml`, cache remembers every step's result under all that it depends on, reading and ready take
the chapters along that path, build writes the formats, publish replaces the book in one move, cli is the command.
reference is for a chapter to import: it shows a package's docstrings.
"""
