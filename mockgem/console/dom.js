// Build elements. All text becomes text nodes: nothing that a client sent can become markup.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function replace(element, ...children) {
  const content = document.createDocumentFragment();
  append(content, children);
  element.replaceChildren(content);
}

let lastId = 0;

// A label with its field below.
export function field(label, input, hint) {
  input.id ||= `field-${(lastId += 1)}`;
  const hintId = hint ? `${input.id}-hint` : undefined;
  if (hintId) input.setAttribute("aria-describedby", hintId);
  return h(
    "div",
    { class: "field" },
    h("label", { for: input.id }, label),
    input,
    hint && h("small", { id: hintId }, hint),
  );
}

export function select(options, value, onchange) {
  return h(
    "select",
    { onchange },
    options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
  );
}

export function button(text, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

export function switchButton(text, isOn, onchange) {
  const element = button(text, () => {
    const next = element.getAttribute("aria-checked") !== "true";
    element.setAttribute("aria-checked", String(next));
    onchange(next);
  });
  element.setAttribute("role", "switch");
  element.setAttribute("aria-checked", String(isOn));
  element.className = "switch";
  return element;
}

export function empty(title, ...content) {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), content);
}

export function copyButton(text, label = "Copy", name = "") {
  const element = button(label, async () => {
    await copyText(typeof text === "function" ? text() : text);
    element.textContent = "Copied";
    setTimeout(() => (element.textContent = label), 1500);
  }, { class: "small", "aria-label": name || undefined });
  return element;
}

async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = h("textarea", { value: text, class: "offscreen" });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
