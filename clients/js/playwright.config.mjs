export default { testDir: "test", testMatch: "playwright.test.mjs", outputDir: "test-results" };
