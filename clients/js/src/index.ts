export type { LaunchOptions, Launcher } from "./launch.js";
export { Server, type StartOptions, start } from "./server.js";
export { configure } from "./shared.js";
export type * from "./types.js";
export { Clock, type FailOptions, type SayOptions, World } from "./world.js";
