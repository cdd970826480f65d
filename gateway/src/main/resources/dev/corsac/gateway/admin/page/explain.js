import {byId, element} from "./dom.js";

const WORDS = {
  readable: "JavaScript reads the response",
  blocked: "Blocked: JavaScript gets an error",
  opaque: "JavaScript gets a response that it cannot look into",
  thrown: "The call itself is wrong; nothing is sent"};

let ask = null;
let asked = 0;

export function prepareExplain(how) {
  ask = how;
  byId("question").addEventListener("submit", event => {
    event.preventDefault();
    run();
  });
}

// Asks about a request that was seen; of a preflight, the method that it asked for is not known.
export function explain(seen) {
  byId("origin").value = seen.origin;
  if (seen.method !== "OPTIONS") {
    byId("method").value = seen.method;
  }
  const slash = seen.route.indexOf("/");
  const host = slash > 0 && !seen.route.startsWith("*") ? seen.route.slice(0, slash) : "";
  try {
    const base = new URL(byId("url").value);
    byId("url").value = `${base.protocol}//${host || base.host}${seen.path}`;
  } catch {
    byId("url").value = seen.path;
  }
  run();
  byId("explain").scrollIntoView({block: "start"});
}

async function run() {
  const mine = ++asked;
  const parameters = new URLSearchParams({
    origin: byId("origin").value.trim(), method: byId("method").value.trim(), url: byId("url").value.trim()});
  for (const line of byId("headers").value.split("\n").map(each => each.trim()).filter(Boolean)) {
    parameters.append("header", line);
  }
  if (byId("credentials").checked) {
    parameters.set("credentials", "include");
  }
  let trace = null;
  let problem = "";
  try {
    trace = await ask(`api/explain?${parameters}`);
  } catch (failed) {
    problem = failed.answered ? failed.message : "The gateway does not answer.";
  }
  if (mine !== asked) {
    return;
  }
  byId("invalid").textContent = problem;
  byId("explanation").replaceChildren(...(trace ? drawTrace(trace) : []));
  document.documentElement.dataset.explained = String(mine);
}

function drawTrace(trace) {
  const first = trace.browsers[0];
  const messages = first?.messages ?? [];
  const whole = messages.some(message => !message.preflight);
  const items = messages.map(message => drawMessage(message,
    message.preflight ? "The browser asks first: a preflight" : "The browser sends the request"));
  if (!whole) {
    items.push(drawMessage(trace.direct, trace.browsers.length > 0
      ? "No browser sends the request itself. If another client does"
      : "The request, as a client sends it"));
  }
  return [
    element("h3", {}, "What browsers make of it"),
    trace.page ? element("p", {class: "note"}, trace.page) : [],
    trace.browsers.length ? element("ul", {class: "browsers"}, trace.browsers.map(drawBrowser)) : [],
    element("h3", {}, "What the gateway decides"),
    element("ol", {class: "messages"}, items)].flat();
}

function drawBrowser(browser) {
  return element("li", {class: `browser ${browser.outcome}`},
    element("h4", {}, browser.name),
    element("p", {class: "outcome"}, WORDS[browser.outcome]),
    browser.console.length ? [element("p", {class: "label"}, "Its console"), element("pre", {class: "console"}, browser.console.join("\n"))] : null,
    browser.headers?.length ? element("p", {class: "more"}, "Headers that it reads: ", browser.headers.join(", ")) : null,
    browser.fix ? element("p", {class: "more"}, browser.fix) : null);
}

function drawMessage(message, title) {
  return element("li", {class: message.goes_on ? "on" : "ends"},
    element("h4", {}, title),
    element("p", {class: "asked"}, element("code", {}, `${message.method} ${message.url}`)),
    lines("Request headers", message.request),
    element("ul", {class: "steps"}, message.steps.map(step => element("li", {}, step))),
    message.detail ? element("p", {class: "decision"}, element("code", {}, message.detail),
      message.key ? [" decided by ", element("code", {}, message.key)] : "") : null,
    lines(message.goes_on ? "Headers that the policy adds to the response" : `Response ${message.status}`, message.response));
}

function lines(title, headers) {
  if (!headers?.length) {
    return null;
  }
  return [element("p", {class: "label"}, title),
    element("pre", {class: "headers"}, headers.map(([name, value]) => `${name}: ${value}`).join("\n"))];
}
