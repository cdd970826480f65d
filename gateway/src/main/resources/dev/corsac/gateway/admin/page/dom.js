// Elements without markup: whatever a client sent is only ever text.

export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined && child !== "")
    .map(child => child instanceof Node ? child : String(child)));
  return made;
}

export const byId = id => document.getElementById(id);

export const number = count => count.toLocaleString("en-US");

// Replaces what an element shows, unless it would look the same: what is read or focused stays.
const shown = new WeakMap();

export function show(parent, value, draw) {
  const text = JSON.stringify(value);
  if (shown.get(parent) !== text) {
    shown.set(parent, text);
    parent.replaceChildren(...[draw(value)].flat());
  }
}
