"""press renders and checks an executable book: Quarto Markdown in, a site, a PDF, an EPUB and notebooks out.

The path of a chapter, one module a step:

    source      the .qmd's text: front matter, cells, inline expressions, each with its line
    pandoc      the text's document tree, read and written by Pandoc
    execute     the cells, run in a Jupyter kernel in document order
    splice      their outputs, put into the tree
    number      numbers on sections, figures, equations and tables, and references resolved to them
    citations   citations and bibliography, set by citeproc
    html, typst, epub, notebook   the numbered tree, written; pdf sets Typst's text

project reads `_quarto.yml`, cache remembers every step's result under all that it depends on, build runs the steps
and publishes the book in one move, check refuses what press or Quarto would get wrong, cli is the command.
reference is for a chapter to import: it shows a package's docstrings.
"""
