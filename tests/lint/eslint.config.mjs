// Each script is linted as the module it is; only some of them may touch a page.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["**/scripts/{main,boards}.js", "**/scripts/page/*.js", "**/static/*.js"],
    languageOptions: { globals: { ...globals.browser, vis: "readonly" } },
  },
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { URLSearchParams: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      complexity: ["error", 16],
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines-per-function": ["error", 40],
      "max-params": ["error", 6],
      "no-control-regex": "off", // what a file cannot carry is named by its number
      "no-misleading-character-class": "off", // invisible characters are taken out one by one
      "no-redeclare": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
