import {byId, element, number, show} from "./dom.js";

export function drawRoutes(report) {
  show(byId("routes"), report, () => [
    ...report.routes.map(route),
    report.left_out ? element("p", {class: "hint"}, `${number(report.left_out)} more routes are not shown.`) : []].flat());
}

function route(each) {
  const findings = each.findings ?? [];
  const title = each.name === "default" ? "all other paths" : each.name;
  return element("details", {class: "route", open: findings.length > 0},
    element("summary", {},
      element("code", {class: "name"}, title),
      element("span", {class: "tags"},
        each.policy ? null : element("span", {class: "tag"}, "no policy"),
        each.shadow ? element("span", {class: "tag"}, "shadow") : null,
        each.guards.map(guard => element("span", {class: "tag"}, guard)),
        findings.length ? element("span", {class: "tag warn"}, findings.length === 1 ? "1 finding" : `${findings.length} findings`) : null)),
    element("p", {class: "leads"}, each.leads_to ? ["to ", element("code", {}, each.leads_to)] : "There is no upstream."),
    findings.length ? element("ul", {class: "findings"}, findings.map(finding)) : null,
    each.policy ? element("pre", {}, each.policy) : null,
    each.origins_from?.length ? element("p", {class: "leads"}, "and origins from ", element("code", {}, each.origins_from.join(", "))) : null,
    each.shadow ? [element("h3", {}, "Candidate (shadow)"), element("pre", {}, each.shadow)] : null);
}

function finding(each) {
  return element("li", {class: each.severity},
    element("b", {}, `${each.severity}. `), element("code", {}, each.where), `: ${each.message} `,
    element("span", {class: "fix"}, `Fix: ${each.fix} `), element("code", {}, `[${each.rule}]`));
}

export function drawOrigins(places) {
  show(byId("origins"), places, () => places.length === 0 ? [] : [
    element("h3", {}, "Origins that change while running"),
    element("ul", {class: "places"}, places.map(place => element("li", {class: place.state},
      element("code", {}, place.from), ": ",
      element("b", {}, place.state), `, ${number(place.origins)} origins`,
      place.skipped ? `, ${number(place.skipped)} left out` : "",
      place.age_seconds === undefined ? ", never read" : `, ${age(place.age_seconds)} old`,
      place.problem ? element("p", {class: "problem"}, place.problem) : null)))]);
}

function age(seconds) {
  return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
