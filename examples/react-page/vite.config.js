import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page sends its requests to its own address, and Vite passes them on: no CORS, and no key in
// the page. In production a server of yours does this, with the real key.
const proxy = {
  "/llm": {
    target: process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090",
    rewrite: (path) => path.replace(/^\/llm/, ""),
    configure: passBreaks,
  },
};

// Vite's proxy keeps a page waiting when the connection behind it breaks in the middle of an answer.
function passBreaks(server) {
  server.on("proxyRes", (answer, request, response) => {
    answer.on("close", () => answer.complete || response.destroy());
  });
}

export default defineConfig({
  plugins: [react()],
  server: { host: "127.0.0.1", proxy },
  preview: { host: "127.0.0.1", port: 4173, proxy },
});
