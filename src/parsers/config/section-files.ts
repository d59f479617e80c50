import type { GapFound, Head } from '../parser.ts'
import type { ConfigEntry } from './config-sections.ts'
import { locationOf, type Tag } from './xml-reader.ts'

/** Sections that IIS alone reads. */
const ofServer = new Set([
  'applicationPools',
  'fastCgi',
  'globalModules',
  'isapiCgiRestriction',
  'isapiFilters',
  'serviceAutoStartProviders',
  'sites',
])
/** Sections that applications have, too. */
const ofApplications = new Set(['compilation', 'handlers', 'httpHandlers', 'httpModules', 'modules'])

/**
 * Whose section a file holds and nothing else: `configSource` of a configuration names such files, which may have any name.
 * https://learn.microsoft.com/dotnet/api/system.configuration.sectioninformation.configsource
 */
export function sectionIn({ text, windowsPath }: Head): 'server' | 'application' | null {
  if (windowsPath === null || !/^\s*</.test(text)) return null
  const root = /<([A-Za-z][A-Za-z.]{0,40})[\s>]/.exec(text)?.[1] ?? ''
  const owner = ofServer.has(root) ? 'server' : ofApplications.has(root) ? 'application' : null
  return /<(?:add|application|assemblies|buildProviders|filter|site)[\s>]/.test(text) ? owner : null
}

/**
 * The file that a section which decides what code runs lies in, or that has all sections of a shared configuration; null where
 * they are in the configuration itself. https://learn.microsoft.com/iis/configuration/configurationredirection/
 */
export function sectionFileOf(tag: Tag): ConfigEntry | null {
  const { name, attributes } = tag.element
  const file =
    name === 'configurationRedirection'
      ? isRedirected(attributes) && `${attributes.get('path') ?? ''}\\applicationHost.config`
      : (ofServer.has(name) || ofApplications.has(name)) &&
        (attributes.get('configSource') ?? attributes.get('childSource'))
  if (!file) return null
  return { fields: { Element: 'sectionFile', Section: name, File: file, Location: locationOf(tag) }, target: file }
}

/** Every IIS has a file that could redirect its configuration; few do. */
function isRedirected(attributes: ReadonlyMap<string, string>): boolean {
  return attributes.get('enabled')?.toLowerCase() === 'true'
}

/** Is this a section that decides what code runs, and is encrypted? */
export function isEncryptedSection({ element: { name, attributes } }: Tag): boolean {
  return attributes.has('configProtectionProvider') && (ofServer.has(name) || ofApplications.has(name))
}

export function encryptedAt({ offset, line }: Tag): GapFound {
  return { offset, length: 0, line, reason: 'unsupported', detail: 'an encrypted section: what it runs is not known' }
}
