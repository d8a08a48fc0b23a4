// Requests to the admin API of the world that the address names.

export const BASE = location.pathname.replace(/\/console\/.*$/, "/");
export const WORLD = decodeURIComponent(/^\/w\/([^/]+)\//.exec(location.pathname)?.[1] ?? "");
const TOKEN = "mockgem-admin-token";

export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

// A mistake in what a person typed.
export class InputError extends Error {}

export function getToken() {
  return sessionStorage.getItem(TOKEN) ?? "";
}

export function setToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

export function buildHeaders(more = {}) {
  const token = getToken();
  return { "X-Mockgem-Console": "1", ...(token ? { Authorization: `Bearer ${token}` } : {}), ...more };
}

export async function request(method, path, body) {
  const options = { method, headers: buildHeaders(), cache: "no-store" };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(BASE + path, options);
  } catch {
    throw new ApiError("mockgem does not answer. Is the server still running?", 0);
  }
  const text = await response.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError(`mockgem answered with status ${response.status} and no JSON`, response.status);
  }
  if (!response.ok) throw new ApiError(value.error ?? `status ${response.status}`, response.status);
  return value;
}

export const get = (path) => request("GET", path);
export const post = (path, body) => request("POST", path, body);
export const put = (path, body) => request("PUT", path, body);
export const del = (path) => request("DELETE", path);

export function consoleOf(world) {
  return world ? `/w/${encodeURIComponent(world)}/_mockgem/console/` : "/_mockgem/console/";
}
