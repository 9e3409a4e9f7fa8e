"""How the documentation is built: `make docs`, warnings are errors."""  # noqa: INP001  Sphinx reads it as a file

project = "Linli 邻里"
copyright = "the Linli contributors"  # noqa: A001  Sphinx names it so
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "sphinx_rtd_theme"
html_show_sphinx = False
html_show_copyright = False
nitpicky = True
