/** Lint: what the compiler lets pass. Rules that see more than one file live in tests/architecture/. */
import globals from 'globals'
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

const PURE = 'shared/ is pure: time, ids and dice come in as arguments (context), so that a replay of the log gives the same.'

/** Every socket listener goes through one wrapper, which catches what it throws, checks its message and counts it. */
const rawListener = {
  selector:
    'CallExpression[callee.property.name=/^(on|once|onAny)$/]:matches([callee.object.name=/[sS]ocket$/], [callee.object.property.name=/[sS]ocket$/])',
  message: 'Listen through the wrapper (server/socket/on.ts, client/live/connection.svelte.ts), never on the raw socket.',
}

/** The content security policy refuses inline styles; `style:property={…}` and `style={…}` are set by script and pass. */
const staticStyle = {
  selector: 'SvelteAttribute[key.name="style"]:not(:has(SvelteMustacheTag))',
  message: 'The content security policy drops a static style attribute: use a class.',
}

/** Old phones (iOS 15), and pages served over plain HTTP. */
const missingOnPhones = [
  {
    selector: 'CallExpression[callee.property.name=/^(toSorted|toReversed|toSpliced|groupBy)$/]',
    message: 'iOS 15 has no such method.',
  },
  {
    selector: 'MemberExpression[property.name=/^(randomUUID|subtle)$/]',
    message: 'Only secure contexts have it, and a school hall is plain HTTP: use getRandomValues.',
  },
]

const clock = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: PURE },
  { selector: 'CallExpression[callee.name="Date"]', message: PURE },
]

const impureGlobals = [
  'performance', 'globalThis', 'process', 'window', 'document', 'self', 'crypto', 'navigator', 'localStorage', 'fetch',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'console',
]

/** One style in every tree, types and components included: no semicolon ends a line. */
const noSemicolonAtLineEnd = {
  meta: { type: 'layout', fixable: 'code', schema: [], messages: { extra: 'No semicolon ends a line here.' } },
  create(context) {
    const { ast } = context.sourceCode
    return {
      'Program:exit'() {
        ast.tokens.forEach((token, i) => {
          const next = ast.tokens[i + 1]
          if (token.value !== ';' || token.type !== 'Punctuator' || next?.loc.start.line === token.loc.end.line) return
          // An empty body, and a line that would run on into the one before it, need theirs.
          if (ast.tokens[i - 1]?.value === ')' && emptyBody(context.sourceCode, token)) return
          if (/^[([`/+-]/.test(next?.value ?? '')) return
          context.report({ loc: token.loc, messageId: 'extra', fix: (fixer) => fixer.remove(token) })
        })
      },
    }
  },
}

const emptyBody = (code, token) => code.getNodeByRangeIndex(token.range[0])?.type === 'EmptyStatement'

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'data/', 'tests/.out/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    plugins: { house: { rules: { 'no-semicolon-at-line-end': noSemicolonAtLineEnd } } },
    rules: {
      'house/no-semicolon-at-line-end': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-control-regex': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.{js,mjs}', 'vite.config.ts', 'server/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['{shared,server,client,tests}/**/*.ts'],
    ignores: ['**/*.svelte.ts', '**/*.svelte.test.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.test.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, projectService: true, extraFileExtensions: ['.svelte'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // What the server owns is $state.raw, replaced whole; a Map beside it is bookkeeping that nothing draws.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      // Doors are pages of their own, not routes of a framework.
      'svelte/no-navigation-without-resolve': 'off',
      // There are no stores here, and looking for them takes a quarter of a minute.
      'svelte/require-store-reactive-access': 'off',
      // The compiler knows runes; `let` that is only bound or reassigned by props is no mistake.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$bindable'] }],
    },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: PURE }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: PURE },
        { object: 'Math', property: 'random', message: PURE },
      ],
      'no-restricted-syntax': ['error', ...clock],
    },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/socket/on.ts'],
    rules: { 'no-restricted-syntax': ['error', rawListener] },
  },
  {
    files: ['client/**/*.{ts,svelte}'],
    rules: { 'no-restricted-syntax': ['error', rawListener, staticStyle, ...missingOnPhones] },
  },
  {
    // The one file that may listen: everything else of the client's rules still holds.
    files: ['client/live/connection.svelte.ts'],
    rules: { 'no-restricted-syntax': ['error', ...missingOnPhones] },
  },
  {
    files: ['server/boot/**', 'server/main.ts', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
)
