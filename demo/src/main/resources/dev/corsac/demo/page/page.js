"use strict";

const {api, allowed, unlisted} = document.documentElement.dataset;
const listed = location.origin === allowed;
const other = listed ? unlisted : allowed;

document.title = `Corsac demo, ${location.host}`;
document.getElementById("origin").textContent = location.origin;
document.getElementById("api").textContent = api;
document.getElementById("standing").textContent = listed ? "lists" : "does not list";
document.getElementById("standing").className = listed ? "yes" : "no";
document.getElementById("other").href = other;
document.getElementById("other-origin").textContent = other;

// What the browser shows to JavaScript of a response from another origin, and what it hides.
const shownHeaders = ["content-type", "x-total-count"];

const json = {method: "POST", headers: {"Content-Type": "application/json", "X-Custom-Header": "custom-value"},
  body: JSON.stringify({name: "test"})};

let skip = 0;

const experiments = {
  get: show => call(show, "/api/data"),
  post: show => call(show, "/api/data", json, "preflight"),
  login: async show => {
    await call(show, "/login", {method: "POST", credentials: "include"});
    await call(show, "/protected", {credentials: "include"});
  },
  anonymous: show => call(show, "/protected", {credentials: "omit"}),
  items: show => items(show, 0),
  next: show => items(show, skip + 10),
  error500: show => call(show, "/error/500"),
  error401: show => call(show, "/error/401"),
  error404: show => call(show, "/error/404"),
};

async function items(show, from) {
  const response = await call(show, `/api/items?skip=${from}&limit=10`);
  const total = response && response.headers.get("X-Total-Count");
  skip = from;
  document.querySelector("[data-run=next]").disabled = !total || from + 10 >= Number(total);
}

// Sends a request and shows what came of it; returns the response if the page may read it.
async function call(show, path, options = {}, preflight) {
  const asked = `${options.method || "GET"} ${path}`;
  try {
    const response = await fetch(api + path, options);
    const body = await response.text();
    const headers = shownHeaders
      .filter(name => response.headers.has(name))
      .map(name => `${name}: ${response.headers.get(name)}`);
    show("read", `The page could read it: ${response.status} ${response.statusText}`, asked, [],
      [...headers, "", pretty(body)].join("\n"));
    return response;
  } catch (error) {
    if (await isDown()) {
      show("down", "The API does not answer", asked, [`Nothing listens on ${api}. Is the demo still running?`]);
    } else {
      show("blocked", "The browser blocked it", asked, [
        `All that JavaScript is told: ${error}`,
        preflight
          ? "The preflight did not allow it, so the POST itself was never sent."
          : "The API did answer; the browser keeps the answer from this page.",
        "The console (F12) says why:",
      ], consoleLine(path, preflight));
    }
    return null;
  }
}

// Without CORS a page may still send; it learns only whether anything answered at all.
function isDown() {
  return fetch(api, {mode: "no-cors", credentials: "omit"}).then(() => false, () => true);
}

// What Chromium writes for an origin that a policy does not list.
function consoleLine(path, preflight) {
  return `Access to fetch at '${api}${path}' from origin '${location.origin}' has been blocked by CORS policy: `
    + (preflight ? "Response to preflight request doesn't pass access control check: " : "")
    + "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
}

function pretty(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? `[\n${value.map(item => "  " + JSON.stringify(item)).join(",\n")}\n]` : JSON.stringify(value);
  } catch {
    return text;
  }
}

function shower(result) {
  result.replaceChildren();
  return (kind, title, asked, lines, pre) => {
    const answer = element("div", "");
    answer.className = `answer ${kind}`;
    const line = element("p", asked);
    line.className = "asked";
    answer.append(line, element("h3", title), ...lines.map(text => element("p", text)));
    if (pre) {
      answer.append(element("pre", pre));
    }
    result.append(answer);
  };
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

for (const button of document.querySelectorAll("[data-run]")) {
  button.addEventListener("click", async () => {
    const section = button.closest("section");
    section.removeAttribute("data-done");
    await experiments[button.dataset.run](shower(section.querySelector(".result")));
    section.setAttribute("data-done", button.dataset.run);
  });
}
