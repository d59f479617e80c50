/** What is collected or forgotten as one, by its path. The first that fits counts. */
const sources: readonly (readonly [name: string, path: RegExp])[] = [
  ['IIS front end', /\/W3SVC1\//i],
  ['IIS back end', /\/W3SVC2\//i],
  ['HttpProxy', /\/Logging\/HttpProxy\//i],
  ['ECP Server', /\/Logging\/ECP\//i],
  ['EWS', /\/Logging\/Ews\//i],
  ['other Exchange logs', /\/Logging\//i],
  ['Windows events', /\/winevt\//i],
  ['compiled pages', /\/Microsoft\.NET\//i],
  ['web roots', /\/(?:wwwroot|FrontEnd|ClientAccess)\//i],
  ['registry and tasks', /\/System32\/(?:config|Tasks)\//i],
  ['configuration', /\/(?:inetsrv|TransportRoles|ExchangeSetupLogs|history)\//i],
]

/** The name of the source that a path belongs to. */
export const sourceOf = (path: string): string => sources.find(([, pattern]) => pattern.test(path))?.[0] ?? 'the rest'
