"use strict";

// Runs in a frame of each origin and makes the requests that the lab's page asks it to make, so that
// the browser judges them by the frame's origin. It asks the sandbox and nobody else.
{
  const {pages, sandbox} = document.documentElement.dataset;
  const PATIENCE = 10_000;
  const LONGEST_BODY = 4000;

  addEventListener("message", async event => {
    const {id, url, request} = event.data || {};
    if (!pages.split(" ").includes(event.origin) || event.source !== parent || typeof url !== "string"
        || !url.startsWith(`${sandbox}/`)) {
      return;
    }
    parent.postMessage({id, report: await report(url, request)}, event.origin);
  });

  async function report(url, request) {
    if (request.mode === "websocket") {
      return openSocket(url);
    }
    let made;
    try {
      made = new Request(url, init(request));
    } catch (error) {
      return {kind: "thrown", error: String(error)};
    }
    const silence = new Promise(resolve => setTimeout(resolve, PATIENCE, {kind: "silent"}));
    return Promise.race([silence, send(made)]);
  }

  async function send(made) {
    try {
      const response = await fetch(made);
      if (response.type === "opaque" || response.type === "opaqueredirect") {
        return {kind: "opaque"};
      }
      const body = await response.text();
      return {kind: "readable", status: response.status, headers: Object.fromEntries(response.headers),
        body: body.slice(0, LONGEST_BODY)};
    } catch (error) {
      return {kind: "blocked", error: String(error)};
    }
  }

  // Reads the first message; what went wrong a browser does not tell.
  function openSocket(url) {
    return new Promise(resolve => {
      setTimeout(resolve, PATIENCE, {kind: "silent"});
      let socket;
      try {
        socket = new WebSocket(url.replace(/^http/, "ws"));
      } catch (error) {
        resolve({kind: "thrown", error: String(error)});
        return;
      }
      socket.addEventListener("message", ({data}) => {
        resolve({kind: "readable", status: 101, headers: {}, body: String(data).slice(0, LONGEST_BODY)});
        socket.close();
      });
      socket.addEventListener("error", () => resolve({kind: "blocked", error: "error: the WebSocket did not open"}));
      socket.addEventListener("close", () => resolve({kind: "blocked", error: "close: there was no message"}));
    });
  }

  function init({method, headers, body, credentials, mode}) {
    const options = {method, headers, credentials, mode};
    if (body) {
      options.body = {
        text: text => text,
        form: text => new URLSearchParams(text),
        blob: text => new Blob([text]),
      }[body.type](body.text);
    }
    return options;
  }
}
