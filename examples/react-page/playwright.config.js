import { defineConfig } from "@playwright/test";

const chromium = process.env.CHROMIUM;

export default defineConfig({
  testDir: "tests",
  timeout: 60_000,
  expect: { timeout: 20_000 },
  workers: 2,
  reporter: "list",
  use: {
    baseURL: "http://127.0.0.1:4173",
    launchOptions: { executablePath: chromium, args: chromium ? ["--no-sandbox"] : [] },
  },
  webServer: { command: "npx vite preview --strictPort", url: "http://127.0.0.1:4173" },
});
