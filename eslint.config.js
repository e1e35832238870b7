import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist/', 'dist-cli/', 'build/', 'assembly/', '**/*.generated.ts', 'bench/.venv/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      // Text from a file is text: no way from a string to markup, and no address built by hand.
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text is text: set textContent.' },
        { property: 'outerHTML', message: 'Text is text: set textContent.' },
        { property: 'insertAdjacentHTML', message: 'Text is text: set textContent.' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'The page asks nobody for anything.' },
        { name: 'XMLHttpRequest', message: 'The page asks nobody for anything.' },
        { name: 'WebSocket', message: 'The page asks nobody for anything.' },
        { name: 'EventSource', message: 'The page asks nobody for anything.' },
        { name: 'RTCPeerConnection', message: 'The page asks nobody for anything.' },
      ],
      'svelte/no-at-html-tags': 'error',
    },
  },
  // The offline worker fetches the files of the program, and its policy and its list let it fetch nothing else.
  { files: ['src/ui/offline/offline-worker.ts'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['tests/**', 'bench/**', 'scripts/**'], rules: { 'no-restricted-globals': 'off' } },
);
