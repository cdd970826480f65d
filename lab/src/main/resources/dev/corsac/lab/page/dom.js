// Elements without markup: whatever a visitor or a server wrote is only ever text.

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (key in made && typeof value !== "string") {
      made[key] = value;
    } else {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== ""));
  return made;
}

export const byId = id => document.getElementById(id);

export async function post(path, value) {
  const response = await fetch(path, {
    method: "POST", headers: {"Content-Type": "application/json"}, body: value instanceof Blob ? value : JSON.stringify(value)});
  if (!response.ok) {
    throw new Error(await response.text());
  }
  const result = await response.json();
  if (result.invalid) {
    throw new Error(result.invalid);
  }
  return result;
}

// Text in which `this` is code.
export const rich = text => text.split("`").map((part, index) => index % 2 === 1 ? element("code", {}, part) : part);

// A long host breaks before a dot or its port, not within a number.
export const breakable = host => host.split(/(?=[.:])/).flatMap(part => [element("wbr"), part]);
