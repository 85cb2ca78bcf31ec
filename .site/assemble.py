"""Gathers the pages of the site from docs/ and the README, with the links that lead out of docs/ turned into plain words."""
import os
import re
import shutil
import sys

target = sys.argv[1]
shutil.copytree("docs", target)

chapters = sorted(name[:-3] for name in os.listdir("docs") if re.match(r"\d\d-.*\.md", name))
contents = open("docs/README.md", encoding="utf-8").read()
extras = [name[:-3] for name in os.listdir("docs") if name.endswith(".md") and not re.match(r"\d\d-|README|authors", name)]
extras.sort(key=lambda name: contents.index(f"({name}.md)"))


def toctree(caption, pages, *options):
    lines = ["```{toctree}", ":hidden:", f":caption: {caption}", *options, "", *pages, "```"]
    return "\n" + "\n".join(lines) + "\n"


def rewrite(text, folder):
    """Links to what is not on the site become its name; README and contents are pages of their own."""

    def link(match):
        words, address = match.group(1), match.group(2)
        if re.match(r"[a-z]+:", address) or address.startswith("#"):
            return match.group(0)
        path, _, anchor = address.partition("#")
        path = os.path.normpath(os.path.join(folder, path))
        anchor = "#" + anchor if anchor else ""
        if path == "README.md":
            return f"[{words}]({os.path.relpath('start.md', site(folder))}{anchor})"
        if path == "docs/README.md" or path == "docs":
            return f"[{words}]({os.path.relpath('index.md', site(folder))}{anchor})"
        if path.startswith("docs/") and os.path.isfile(path):
            return f"[{words}]({os.path.relpath(path[5:], site(folder))}{anchor})"
        return words if words.startswith("`") else f"{words} (`{path}`)"

    parts = re.split(r"(^```.*?^```)", text, flags=re.S | re.M)
    for k, part in enumerate(parts):
        if k % 2 == 0:
            parts[k] = re.sub(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)", link, part)
    return "".join(parts)


def site(folder):
    return os.path.relpath(folder, "docs") if folder.startswith("docs") else "."


for directory, _, names in os.walk("docs"):
    for name in names:
        if name.endswith(".md"):
            path = os.path.join(directory, name)
            text = rewrite(open(path, encoding="utf-8").read(), directory)
            place = os.path.join(target, os.path.relpath(path, "docs"))
            if directory == "docs/solutions":
                text = "---\norphan: true\n---\n" + text
            if path == "docs/README.md":
                os.remove(place)
                place = os.path.join(target, "index.md")
                text += toctree("Begin", ["start"]) + toctree("Chapters", chapters) + toctree("Besides", extras + ["authors"])
            open(place, "w", encoding="utf-8").write(text)
open(os.path.join(target, "start.md"), "w", encoding="utf-8").write(rewrite(open("README.md", encoding="utf-8").read(), "."))
