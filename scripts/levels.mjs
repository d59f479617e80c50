// The two levels of tests. What is listed as long runs in `npm run test:all`; every other test file runs in `npm test`.
// Long are whole runs of the built program, browsers, every miniature server.

/** Test files below test/, each with why it takes long. */
export const long = {
  'cli/bundle.test.ts': 'runs of the built program',
  'cli/contract.test.ts': 'runs of the built program',
  'cli/correlation.test.ts': 'runs of the built program',
  'cli/given-up.test.ts': 'runs of the built program',
  'cli/hostile-page.test.ts': 'runs of the built program',
  'cli/hostile.test.ts': 'runs of the built program',
  'cli/many.test.ts': 'runs of the built program',
  'cli/pdf.test.ts': 'a browser',
  'cli/planted.test.ts': 'runs of the built program',
  'cli/pool.test.ts': 'threads and processes that end early',
  'cli/resume.test.ts': 'runs that are interrupted at many places',
  'cli/seal.test.ts': 'runs of the built program',
  'cli/secrets.test.ts': 'runs of the built program',
  'cli/server-files.test.ts': 'runs of the built program',
  'cli/tenant.test.ts': 'runs of the built program',
  'cli/usage.test.ts': 'runs of the built program',
  'core/damage.test.ts': 'whole assessments of damaged evidence',
  'core/growth.test.ts': 'whole assessments, larger and larger',
  'fuzz/fuzz.test.ts': 'seeds of every fuzzing target',
  'packs/new-campaign.test.ts': 'a check of all packs',
  'packs/self-test.test.ts': 'samples of every rule',
  'parsers/evtx/evidence.test.ts': 'real evidence',
  'parsers/regf/evidence.test.ts': 'real evidence',
  'reports/hostile.test.ts': 'hostile texts in every report',
  'servers/planted.test.ts': 'whole assessments',
  'servers/servers-rest.test.ts': 'whole assessments',
  'servers/servers-rest-second.test.ts': 'whole assessments',
  'start.test.ts': 'brings packages into a copy',
  'supply-chain.test.ts': 'builds a copy',
  'web/charts-page.test.ts': 'a browser',
  'web/hostile.test.ts': 'hostile texts in every part of the page',
  'web/pages.test.ts': 'a browser',
  'web/report.test.ts': 'a browser',
  'work/ahead.test.ts': 'random logs, with a helper',
}

/** Test files of `npm test` that try a tenth of their random cases there, and all of them in `npm run test:all`, too. */
export const inTenths = [
  'kernel/mail-rows.test.ts',
  'kernel/one-field.test.ts',
  'kernel/row-reader.test.ts',
  'parsers/cloud/rows.test.ts',
]
