import {element} from "./dom.js";

// A text area over a coloured copy of its text. The copy is for the eye only.

const LINE = /^(\s*(?:- )?)([A-Za-z_][\w-]*)?(:(?=\s|$))?(.*)$/;

export class Editor {
  constructor(area, language, onchange) {
    this.area = area;
    this.language = language;
    this.copy = element("pre", {"aria-hidden": "true", class: "copy"});
    this.marks = new Map();
    area.parentElement.prepend(this.copy);
    area.addEventListener("input", () => {
      this.paint();
      onchange();
    });
    this.paint();
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    this.paint();
  }

  // What the findings say of lines: severity by line number.
  mark(findings) {
    this.marks = new Map();
    for (const {line, severity} of findings) {
      if (this.marks.get(line) !== "error") {
        this.marks.set(line, severity);
      }
    }
    this.paint();
  }

  goTo(line, column, endColumn) {
    const lines = this.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const text = [...(lines[line - 1] ?? "")];
    const offset = count => text.slice(0, count - 1).join("").length;
    this.area.focus();
    this.area.setSelectionRange(start + offset(column), start + offset(Math.max(column, endColumn)));
  }

  paint() {
    this.copy.replaceChildren(...this.value.split("\n").map((line, index) => {
      const row = element("span", {class: `row ${this.marks.get(index + 1) ?? ""}`});
      row.append(...(this.language === "yaml" ? yaml(line) : headers(line)), "\n");
      return row;
    }));
  }
}

const piece = (kind, text) => text ? element("span", {class: kind}, text) : "";

function yaml(line) {
  const comment = /(^|\s)#/.exec(line);
  const end = comment ? comment.index : line.length;
  const [, indent, name, colon, rest] = LINE.exec(line.slice(0, end));
  return [
    indent,
    name && colon ? piece("key", name) : piece("value", name ?? ""),
    colon ?? "",
    piece("value", rest),
    piece("comment", line.slice(end)),
  ];
}

function headers(line) {
  const colon = line.indexOf(":");
  if (line.startsWith("#") || colon < 0) {
    return [piece("comment", line)];
  }
  return [piece("key", line.slice(0, colon)), ":", piece("value", line.slice(colon + 1))];
}
