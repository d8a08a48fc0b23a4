import { existsSync } from "node:fs";
import path from "node:path";

/** A way to start a server on this machine. */
export type Launcher = "command" | "uvx" | "pipx" | "container";

/** How to start a server. */
export interface LaunchOptions {
  /** The way; without it, the first that this machine has, in the order of the type. */
  via?: Launcher;
  /** The command itself, such as ["python", "-m", "mockgem"]. MOCKGEM_COMMAND says the same. */
  command?: string[];
  /** What uvx and pipx install: a name, a folder, a URL. */
  package?: string;
  /** The image of the container. */
  image?: string;
  /** Options of `mockgem serve`, such as ["--seed", "7"]. */
  args?: string[];
}

const PROGRAMS: Record<Launcher, string[]> = {
  command: ["mockgem"],
  uvx: ["uvx"],
  pipx: ["pipx"],
  container: ["docker", "podman"],
};
const REMEDY =
  "Install mockgem (pip install mockgem) and activate its environment, or uv, pipx or Docker; or name the command: " +
  'MOCKGEM_COMMAND="python -m mockgem", or start({ command: ["python", "-m", "mockgem"] }).';

/** Return the command that starts a server on a port; 0 lets the server choose one. */
export function buildCommand(options: LaunchOptions, port: number, token: string, find = findProgram): string[] {
  for (const [name, list] of Object.entries({ command: options.command, args: options.args })) {
    if (list !== undefined && !Array.isArray(list)) {
      throw new Error(`mockgem: ${name} is ${JSON.stringify(list)}; it must be a list such as ["--seed", "7"].`);
    }
  }
  const command = options.command ?? process.env["MOCKGEM_COMMAND"]?.split(" ").filter(Boolean);
  const serve = ["serve", "--port", String(port), "--quiet", ...(options.args ?? [])];
  if (command && !options.via) return [...command, ...serve];
  const launcher = chooseLauncher(options.via, find);
  const program = PROGRAMS[launcher].find(find);
  if (!program) throw new Error(`mockgem: there is no ${PROGRAMS[launcher].join(" or ")} on the path. ${REMEDY}`);
  const source = options.package ?? "mockgem";
  if (launcher === "uvx") return [program, "--from", source, "mockgem", ...serve];
  if (launcher === "pipx") return [program, "run", "--spec", source, "mockgem", ...serve];
  if (launcher === "command") return [program, ...serve];
  return [program, ...buildContainerArguments(options, port, token)];
}

/** Return whether a server needs a port that the caller chooses. */
export function needsPort(options: LaunchOptions, find = findProgram): boolean {
  if (!options.via && (options.command || process.env["MOCKGEM_COMMAND"])) return false;
  return chooseLauncher(options.via, find) === "container";
}

function buildContainerArguments(options: LaunchOptions, port: number, token: string): string[] {
  const publish = ["--publish", `127.0.0.1:${port}:8090`, "--env", `MOCKGEM_ADMIN_TOKEN=${token}`];
  const serve = ["serve", "--host", "0.0.0.0", "--quiet", ...(options.args ?? [])];
  return ["run", "--rm", "--init", ...publish, options.image ?? "mockgem", ...serve];
}

function chooseLauncher(via: Launcher | undefined, find: (program: string) => boolean): Launcher {
  if (via && !(via in PROGRAMS)) {
    throw new Error(`mockgem: there is no way ${JSON.stringify(via)}; use ${Object.keys(PROGRAMS).join(", ")}.`);
  }
  if (via) return via;
  const found = (Object.keys(PROGRAMS) as Launcher[]).find((one) => PROGRAMS[one].some(find));
  if (!found) throw new Error(`mockgem: this machine has no way to start a server. ${REMEDY}`);
  return found;
}

function findProgram(program: string): boolean {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  return folders.some((folder) => endings.some((ending) => existsSync(path.join(folder, program + ending))));
}
