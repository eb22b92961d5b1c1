"use strict";

// Draws openapi.json. Text from the document only ever becomes text nodes.
const METHODS = ["get", "post", "put", "patch", "delete"];
let api;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A description: paragraphs, and code between backticks. */
function prose(text) {
  return (text ?? "").trim().split(/\n\s*\n/).filter(Boolean).map((paragraph) =>
    make("p", {}, ...paragraph.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part))));
}

function resolve(value) {
  if (!value?.$ref) return value;
  return value.$ref.slice(2).split("/").reduce((at, step) => at[step], api);
}

function name(value) {
  return value.$ref?.startsWith("#/components/schemas/") ? value.$ref.split("/").pop() : null;
}

function schemaLink(schema) {
  const to = name(schema);
  return to ? make("a", { href: `#schema-${to}` }, to) : null;
}

function limits(schema) {
  const said = [];
  for (const [key, text] of [["minLength", "at least"], ["maxLength", "at most"]]) {
    if (schema[key] > 1 || key === "maxLength" && schema[key]) said.push(`${text} ${schema[key]} characters`);
  }
  if (schema.minimum !== undefined) said.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined) said.push(`to ${schema.maximum}`);
  if (schema.default !== undefined) said.push(`default ${schema.default}`);
  return said.join(", ");
}

/** What a value is, in a line. */
function kind(schema) {
  const link = schemaLink(schema);
  if (link) return [link];
  if (schema.const !== undefined) return [make("code", {}, JSON.stringify(schema.const))];
  if (schema.enum) return schema.enum.flatMap((value, i) => [i ? " | " : "", make("code", {}, JSON.stringify(value))]);
  if (schema.oneOf) return schema.oneOf.flatMap((each, i) => [i ? " | " : "", ...kind(each)]);
  const types = [schema.type ?? "any JSON"].flat();
  const said = types.flatMap((type, i) => [
    i ? " | " : "",
    ...(type === "array" && schema.items ? ["list of ", ...kind(schema.items)] : [type]),
  ]);
  const limited = limits(schema);
  return limited ? [...said, make("span", { class: "soft" }, ` (${limited})`)] : said;
}

function properties(schema) {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) =>
    row(key, required.has(key), value, value.description ?? (name(value) ? "" : resolve(value).description)));
  return rows.length ? make("table", {}, make("tbody", {}, ...rows)) : null;
}

function row(key, required, schema, description) {
  return make("tr", {},
    make("td", {}, make("code", {}, key), required ? "" : make("span", { class: "soft" }, " optional")),
    make("td", {}, make("div", {}, ...kind(schema)), ...nested(schema), ...prose(description)));
}

/** The fields of an object that has no name of its own. */
function nested(schema) {
  const inner = schema.type === "array" ? schema.items : schema;
  return !name(inner ?? {}) && inner?.properties ? [properties(inner)] : [];
}

function example(value) {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return make("pre", {}, make("code", {}, text.trimEnd()));
}

function media(content) {
  return Object.entries(content ?? {}).flatMap(([type, it]) => [
    make("div", {}, make("code", {}, type), " ", ...kind(it.schema)),
    ...nested(it.schema),
    ...Object.entries(it["x-events"] ?? {}).map(([event, each]) =>
      make("div", {}, "event ", make("code", {}, event), ": ", ...kind(each.schema),
        each.id ? make("span", { class: "soft" }, `, id: ${each.id}`) : null)),
    example(it.example),
  ].filter(Boolean));
}

function parameters(path, operation) {
  const all = [...(path.parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
  if (!all.length) return [];
  const rows = all.map((each) =>
    row(`${each.name}`, each.required, each.schema, `In the ${each.in}. ${each.description ?? ""}`));
  return [make("h4", {}, "Parameters"), make("table", {}, make("tbody", {}, ...rows))];
}

function responses(operation) {
  const all = Object.entries(operation.responses).sort(([a], [b]) => a.localeCompare(b));
  const good = all.filter(([status]) => status < "400").flatMap(([status, it]) => [
    make("h4", {}, `Answer ${status}`), ...prose(resolve(it).description), ...media(resolve(it).content),
  ]);
  const rows = all.filter(([status]) => status >= "400").map(([status, it]) =>
    make("tr", {}, make("td", {}, make("code", {}, status)), make("td", {}, ...prose(resolve(it).description))));
  const refusals = make("details", {}, make("summary", {}, "Refusals: ", all.map(([s]) => s).filter((s) => s >= "400").join(", ")),
    make("table", {}, make("tbody", {}, ...rows)));
  return [...good, refusals];
}

function curl(path, method, operation) {
  const key = operation.security.some((each) => each.apiKey) ? ' -H "X-API-Key: $SESAME_API_KEY"' : "";
  const body = operation.requestBody?.content["application/json"]?.example;
  const send = body ? ` -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'` : "";
  const verb = method === "get" ? "" : ` -X ${method.toUpperCase()}`;
  return `curl${verb}${key}${send} \\\n  "${new URL("..", document.baseURI).href.replace(/\/$/, "")}${path}"`;
}

function article(path, method, item) {
  const operation = item[method];
  const body = operation.requestBody;
  return make("article", { id: operation.operationId },
    make("h3", {}, operation.summary),
    make("div", { class: "path" }, make("span", { class: `method ${method}` }, method.toUpperCase()), " ", path),
    ...prose(operation.description),
    ...parameters(item, operation),
    ...(body ? [make("h4", {}, "Body"), ...media(body.content)] : []),
    ...responses(operation),
    make("details", {}, make("summary", {}, "As a command"), example(curl(path, method, operation))));
}

function operations(tag) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]?.tags.includes(tag)).map((method) => ({ path, method, item })));
}

function indexLink({ path, method, item }) {
  const operation = item[method];
  const link = make("a", { href: `#${operation.operationId}`, title: path },
    make("span", { class: `method ${method}` }, method.toUpperCase()), make("span", {}, operation.summary));
  link.dataset.text = `${method} ${path} ${operation.summary} ${operation.operationId}`.toLowerCase();
  return link;
}

function schemaArticle([key, schema]) {
  return make("article", { id: `schema-${key}` }, make("h3", {}, key), ...prose(schema.description),
    schema.properties ? null : make("div", {}, ...kind(schema)), properties(schema));
}

function draw() {
  const index = document.getElementById("index");
  const page = document.getElementById("page");
  page.replaceChildren(make("h1", {}, `${api.info.title} API`), ...prose(api.info.description),
    make("p", {}, make("a", { href: "openapi.json" }, "openapi.json"), ` (OpenAPI ${api.openapi})`));
  for (const tag of api.tags) {
    const all = operations(tag.name);
    index.append(make("section", {}, make("h2", {}, tag.name), ...all.map(indexLink)));
    page.append(make("h2", { id: `tag-${tag.name}` }, tag.name), ...prose(tag.description),
      ...all.map(({ path, method, item }) => article(path, method, item)));
  }
  page.append(make("h2", { id: "schemas" }, "Shapes"), ...Object.entries(api.components.schemas).map(schemaArticle));
}

function filter(words) {
  for (const section of document.querySelectorAll("#index section")) {
    let shown = 0;
    for (const link of section.querySelectorAll("a")) {
      link.hidden = !words.every((word) => link.dataset.text.includes(word));
      if (!link.hidden) shown += 1;
    }
    section.hidden = shown === 0;
  }
}

async function start() {
  try {
    api = await (await fetch("openapi.json")).json();
    draw();
  } catch (failure) {
    document.getElementById("page").replaceChildren(make("p", {}, `The document cannot be shown: ${failure}`));
    return;
  }
  document.getElementById("filter").addEventListener("input", (event) =>
    filter(event.target.value.toLowerCase().split(/\s+/).filter(Boolean)));
  // The part that the address names was not there yet when the browser looked for it.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

start();
