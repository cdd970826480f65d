import {byId, drawn, element, number, show} from "./dom.js";
import {explain} from "./explain.js";

const COLOURS = 6;
const colours = new Map();

function colour(reason) {
  if (!colours.has(reason)) {
    colours.set(reason, colours.size < COLOURS ? `tone${colours.size}` : "tone-more");
  }
  return colours.get(reason);
}

export function drawDenials(denials, now) {
  const totals = new Map();
  for (const bar of denials.bars) {
    for (const [reason, count] of Object.entries(bar)) {
      totals.set(reason, (totals.get(reason) ?? 0) + count);
    }
  }
  const reasons = [...totals.entries()].sort((a, b) => b[1] - a[1]);
  reasons.forEach(([reason]) => colour(reason));
  show(byId("chart"), [denials.bars, Math.floor(now / 1000 / denials.seconds)], () => chart(denials, reasons));
  show(byId("legend"), reasons, () => reasons.map(([reason, count]) =>
    element("li", {class: colour(reason)}, element("b", {}, number(count)), ` ${reason}`)));
  show(byId("most"), denials.most, () => denials.most.length === 0
    ? element("li", {class: "nothing"}, "Nothing was denied, refused or failed.")
    : denials.most.map(each => many(each, denials.most[0].count)));
}

function chart(denials, reasons) {
  const sums = denials.bars.map(bar => Object.values(bar).reduce((sum, count) => sum + count, 0));
  const top = Math.max(1, ...sums);
  const width = 10;
  const height = 100;
  const drawing = drawn("svg", {
    viewBox: `0 0 ${denials.bars.length * width} ${height}`, preserveAspectRatio: "none", role: "img",
    "aria-label": `${number(sums.reduce((sum, count) => sum + count, 0))} in 15 minutes, at most ${number(Math.max(...sums))} in ${denials.seconds} seconds`});
  denials.bars.forEach((bar, i) => {
    const column = drawn("g", {}, drawn("title", {}, about(bar, (denials.bars.length - 1 - i) * denials.seconds)),
      drawn("rect", {class: "behind", x: i * width, y: 0, width, height}));
    let y = height;
    for (const [reason] of reasons) {
      if (bar[reason]) {
        const tall = Math.max(1.5, bar[reason] / top * (height - 4));
        y -= tall;
        column.append(drawn("rect", {class: colour(reason), x: i * width + 1, y, width: width - 2, height: tall}));
      }
    }
    drawing.append(column);
  });
  return [
    element("p", {class: "top-value", "aria-hidden": "true"}, sums.some(sum => sum > 0) ? `${number(top)} in ${denials.seconds} s` : ""),
    drawing,
    element("p", {class: "axis", "aria-hidden": "true"}, element("span", {}, "15 min ago"), element("span", {}, "10"), element("span", {}, "5"), element("span", {}, "now"))];
}

function about(bar, ago) {
  const parts = Object.entries(bar).map(([reason, count]) => `${number(count)} ${reason}`);
  return `${Math.floor(ago / 60)}:${String(ago % 60).padStart(2, "0")} min ago: ${parts.join(", ") || "nothing"}`;
}

function many(each, most) {
  const share = drawn("svg", {viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true"},
    drawn("rect", {class: colour(each.reason), x: 0, y: 0, width: Math.max(1, each.count / most * 100), height: 4}));
  return element("li", {},
    element("p", {class: "line"},
      element("b", {class: "count"}, number(each.count)),
      element("code", {class: "origin"}, each.origin || each.failure || "no origin"),
      again(each)),
    element("p", {class: "more"}, `${each.event.replace("-", " ")}: ${each.reason}`, " · such as ", element("code", {}, `${each.method} ${each.path}`), " · route ", element("code", {}, each.route)),
    share);
}

// What is cut or not printable cannot be asked about as it was.
function again(each) {
  const whole = ![each.origin, each.path].some(text => text.includes("…") || text.includes("?"));
  return whole && each.origin && each.path.startsWith("/") && (each.method !== "OPTIONS" || each.kind === "preflight")
    ? element("button", {type: "button", class: "why", "aria-label": `Explain ${each.method} ${each.path} of ${each.origin}`, onclick: () => explain(each)}, "why?")
    : null;
}

export function drawLive(requests, counted) {
  show(byId("live"), [requests, counted], () => {
    const items = [];
    let later = counted + 1;
    for (const each of [...requests].reverse()) {
      if (later - each.number > 1) {
        items.push(element("li", {class: "nothing"}, `… ${number(later - each.number - 1)} more`));
      }
      later = each.number;
      items.push(one(each));
    }
    return items.length > 0 ? items : element("li", {class: "nothing"}, "Requests that come from now on are shown here.");
  });
}

function one(each) {
  return element("li", {class: `request ${each.what}`},
    element("time", {datetime: each.time}, new Date(each.time).toLocaleTimeString("en-GB")),
    element("b", {class: "what"}, each.what.replace("-", " ")),
    element("code", {class: "asked"}, `${each.method} ${each.path}`),
    element("span", {class: "more"},
      each.origin ? element("code", {}, each.origin) : "no origin",
      ` · ${each.reason}`, each.kind === "preflight" ? " · preflight" : "", each.status ? ` · ${each.status}` : "",
      " · route ", element("code", {}, each.route), ` · ${each.client}`, each.what === "allowed" ? null : [" ", again(each)]));
}
