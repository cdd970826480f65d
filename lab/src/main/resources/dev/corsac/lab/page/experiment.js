// An experiment as the form shows it, as JSON, and as the fragment of a link.

export const emptyStep = () => ({method: "GET", path: "/api/data", headers: [], credentials: "same-origin", mode: "cors"});

export function toFragment(experiment) {
  const bytes = new TextEncoder().encode(JSON.stringify(experiment));
  return "#e=" + btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// Null if the fragment holds none that could be one; the server checks the rest.
export function ofFragment(fragment) {
  if (!fragment.startsWith("#e=")) {
    return null;
  }
  try {
    const binary = atob(fragment.slice(3).replace(/-/g, "+").replace(/_/g, "/"));
    const found = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, char => char.charCodeAt(0))));
    return Array.isArray(found.steps) && found.steps.length > 0
      ? {policy: String(found.policy ?? ""), server: String(found.server ?? ""),
        steps: found.steps.map(step => ({...emptyStep(), ...step}))}
      : null;
  } catch {
    return null;
  }
}

export const headersToText = headers => headers.map(([name, value]) => `${name}: ${value}`).join("\n");

export const textToHeaders = text => text.split("\n").filter(line => line.trim() !== "").map(line => {
  const colon = line.indexOf(":");
  return colon < 0 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
});
