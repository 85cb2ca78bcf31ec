"""The book as a site: Sphinx, MyST and Furo over the same Markdown that GitHub shows.

Formulas are rendered by KaTeX while the site is built, so that its pages need no network and no script for them; one that does not
render stops the build.
"""
import json
import os
import subprocess

project = "Gradus"
author = "The authors of Gradus"
html_title = "Gradus"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
language = "en"

myst_enable_extensions = ["dollarmath"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 4
myst_dmath_double_inline = False
# Chapters begin with a heading of the first level and have a heading a step; nothing else is needed.
suppress_warnings = ["myst.header", "misc.highlighting_failure"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["katex/katex.min.css", "gradus.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_theme_options = {
    "navigation_with_keys": True,
    "light_css_variables": {"font-stack": "system-ui, sans-serif", "color-brand-primary": "#0b68c8", "color-brand-content": "#0b68c8"},
    "dark_css_variables": {"color-brand-primary": "#6cb2ff", "color-brand-content": "#6cb2ff"},
}


class Katex:
    """KaTeX in a process of its own: a formula in, its HTML out."""

    def __init__(self):
        script = """
          const katex = require(process.env.KATEX);
          require('readline').createInterface({input: process.stdin}).on('line', line => {
            const {tex, display} = JSON.parse(line);
            try { console.log(JSON.stringify({html: katex.renderToString(tex, {displayMode: display, strict: code => code === 'unknownSymbol' ? 'ignore' : 'error', trust: false})})); }
            catch (error) { console.log(JSON.stringify({error: String(error.message)})); }
          });
        """
        self.process = subprocess.Popen(
            ["node", "-e", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
        self.count = 0

    def html(self, tex, display, place):
        self.process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(f"{place}: the formula {tex!r} does not render: {answer['error']}")
        self.count += 1
        return answer["html"]


def setup(app):
    katex = Katex()

    def place(self, node):
        return f"{self.builder.current_docname}.md:{node.line or '?'}"

    def inline(self, node):
        from docutils import nodes
        html = katex.html(node.astext(), False, place(self, node))
        end = "</span></span></span>"
        assert html.endswith(end)
        self.body.append(html[:-len(end)] + node.get("after", "") + end)
        raise nodes.SkipNode

    def block(self, node):
        from docutils import nodes
        self.body.append('<div class="formula">' + katex.html(node.astext(), True, place(self, node)) + "</div>")
        raise nodes.SkipNode

    def glue(app, doctree, name):
        """A comma or full stop behind a formula goes into its last part, or a line may break before it."""
        from docutils import nodes
        for node in list(doctree.findall(nodes.math)):
            text = node.next_node(descend=False, siblings=True)
            if isinstance(text, nodes.Text) and text.astext()[0] in ",.;:!?)":
                rest = text.astext()
                sign = rest[:len(rest) - len(rest.lstrip(",.;:!?)"))]
                node["after"] = sign
                text.parent.replace(text, nodes.Text(rest[len(sign):]))

    app.connect("doctree-resolved", glue)
    app.add_html_math_renderer("katex", (inline, None), (block, None))
    app.config.html_math_renderer = "katex"
    app.connect("build-finished", lambda app, error: error or print(f"{katex.count} formulas are rendered."))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
