// Base URLs, and code that connects clients to this world.

import { get } from "../api.js";
import { copyButton, h, replace, select } from "../dom.js";

export const title = "Connect";

export async function open(root, argument, app) {
  const found = await get("snippets");
  const languages = [...new Set(found.snippets.map((one) => one.language))];
  const codes = h("div", { class: "snippets" });
  const draw = (language) => replace(codes, found.snippets.filter((one) => !language || one.language === language).map(renderSnippet));
  const choice = select([["", "All languages"], ...languages.map((name) => [name, name])], "", (event) => draw(event.target.value));
  choice.setAttribute("aria-label", "Language");
  replace(root, h("h1", {}, "Connect a client"),
    h("section", { class: "card", "aria-label": "Base URLs" }, h("h2", {}, "Base URLs"), h("p", { class: "quiet" }, "Any key works unless the server was started with --api-key."),
      h("ul", { class: "urls" }, found.base_urls.map((one) => h("li", {}, h("span", {}, one.title), h("code", {}, one.url), copyButton(one.url, "Copy", `Copy the URL of ${one.title}`))))),
    h("div", { class: "card-head" }, h("h2", {}, "Code"), h("span", { class: "spring" }), choice), codes);
  draw("");
}

function renderSnippet(one) {
  return h("section", { class: "card", "aria-label": `${one.language}, ${one.sdk}` },
    h("div", { class: "card-head" }, h("h3", {}, one.sdk), h("span", { class: "tag" }, one.language), h("span", { class: "spring" }), copyButton(one.code, "Copy", `Copy the code for ${one.sdk} in ${one.language}`)),
    h("pre", { tabindex: "0" }, one.code));
}
