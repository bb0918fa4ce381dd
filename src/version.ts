/** The tool's name and version, as package.json has it; `test/cli/package.test.ts` holds them together. */
export const TOOL = { name: 'ratel', version: '0.1.0', informationUri: 'https://github.com/ratel-audit/ratel' } as const;
