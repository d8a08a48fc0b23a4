module.exports = { testMatch: ["<rootDir>/test/jest.test.cjs"] };
