import {byId} from "./dom.js";
import {drawDenials, drawLive} from "./live.js";
import {drawOrigins, drawRoutes} from "./routes.js";
import {prepareExplain} from "./explain.js";

const EACH = 1000;
const LATER = 3000;
const ROUTES_EACH = 5000;
const PATIENCE = 8000;
const KEY = "corsac-admin-token";

class NeedsToken extends Error {}

let token = stored();
let timer = 0;
let asking = false;
let lastGood = null;
let lastRoutes = 0;
let paused = false;

function stored() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function store(value) {
  token = value;
  try {
    sessionStorage.setItem(KEY, value);
  } catch {
    // The token is then known until the page is left.
  }
}

async function ask(path) {
  const response = await fetch(path, {
    headers: token ? {Authorization: `Bearer ${token}`} : {},
    cache: "no-store", signal: AbortSignal.timeout(PATIENCE)});
  if (response.status === 401) {
    throw new NeedsToken();
  }
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`the gateway answers with ${response.status}`);
  }
  if (!response.ok) {
    throw Object.assign(new Error(json.error ?? `the gateway answers with ${response.status}`), {answered: true});
  }
  return json;
}

async function look() {
  if (asking || document.hidden) {
    return;
  }
  asking = true;
  let wait = EACH;
  try {
    const state = await ask("api/state");
    draw(state);
    if (Date.now() - lastRoutes > ROUTES_EACH) {
      drawRoutes(await ask("api/routes"));
      lastRoutes = Date.now();
    }
  } catch (problem) {
    wait = LATER;
    if (problem instanceof NeedsToken) {
      needToken();
      return;
    }
    gone(problem);
  } finally {
    asking = false;
    clearTimeout(timer);
    if (byId("token-form").hidden && !document.hidden) {
      timer = setTimeout(look, wait);
    }
  }
}

function draw(state) {
  lastGood = new Date();
  byId("gone").hidden = true;
  byId("page").hidden = false;
  byId("page").classList.remove("old");
  const words = {up: "Serving", stopping: "Stopping", "waiting for origins": "Waiting for origins"};
  byId("status").dataset.state = state.status;
  const line = `${words[state.status] ?? state.status} on ${state.url}`;
  if (byId("status").textContent !== line) {
    byId("status").textContent = line;
  }
  if (!byId("url").value) {
    byId("url").value = `${state.url}/`;
  }
  if (!paused) {
    drawDenials(state.denials, Date.parse(state.now));
    drawLive(state.requests, state.counted);
  }
  drawOrigins(state.origins ?? []);
  document.documentElement.dataset.looked = String(Number(document.documentElement.dataset.looked ?? 0) + 1);
}

function gone(problem) {
  const banner = byId("gone");
  const since = lastGood ? ` since ${lastGood.toLocaleTimeString()}. What is below is from before` : "";
  const line = problem.answered
    ? `The gateway refuses to show itself: ${problem.message}.`
    : `The gateway does not answer${since}. This page goes on asking.`;
  if (banner.textContent !== line) {
    banner.textContent = line;
  }
  banner.hidden = false;
  byId("status").textContent = "No answer";
  byId("status").dataset.state = "gone";
  byId("page").classList.add("old");
}

function needToken() {
  byId("token-problem").textContent = token ? "That is not the token." : "";
  store("");
  byId("page").hidden = true;
  byId("gone").hidden = true;
  byId("status").textContent = "A token is needed";
  byId("status").dataset.state = "token";
  byId("token-form").hidden = false;
  byId("token").focus();
}

byId("token-form").addEventListener("submit", event => {
  event.preventDefault();
  store(byId("token").value.trim());
  byId("token").value = "";
  byId("token-form").hidden = true;
  look();
});

byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
});

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  look();
});

prepareExplain(ask);
look();
