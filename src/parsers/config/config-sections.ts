import { childElement, childElements, type XmlElement } from '../../lib/xml.ts'
import type { FieldValue } from '../../model/event.ts'
import {
  isKnownAssembly,
  isKnownImage,
  isKnownModule,
  isKnownRoot,
  isKnownType,
  resembledModule,
} from '../common/known-paths.ts'
import { isMadeByMachine, isSecretName, keyDigest, MASK, maskValue } from '../../lib/mask-secrets.ts'
import { locationOf, type Tag } from './xml-reader.ts'
import { trimEnd, trimStart } from '../../lib/trim.ts'

/** An entry of a configuration: its fields, and what it is about in few words. */
export type ConfigEntry = { readonly fields: Readonly<Record<string, FieldValue>>; readonly target: string }

/**
 * The entries that applicationHost.config, web.config, machine.config and administration.config share. `Element` says
 * what an entry is. https://learn.microsoft.com/iis/configuration/system.webserver/ and
 * https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/web/
 */
export function entryOf(tag: Tag): ConfigEntry | null {
  const read = readers.get(`${tag.parents.at(-1)?.name ?? ''}/${tag.element.name}`) ?? readers.get(tag.element.name)
  return read?.(tag) ?? null
}

/** Elements that say what they mean together with what is in them. */
export function isWhole(element: XmlElement, parents: readonly XmlElement[]): boolean {
  const parent = parents.at(-1)?.name ?? ''
  if (element.name === 'rule') return /^(?:global|outbound)?rules$/i.test(parent) && parents.at(-2)?.name === 'rewrite'
  if (element.name === 'add') return parent === 'applicationPools'
  return element.name === 'requestFiltering' || element.name === 'logFile' || element.name === 'applicationPoolDefaults'
}

type Read = (tag: Tag) => ConfigEntry | null

const list = (tag: Tag): string => tag.parents.at(-2)?.name ?? ''

/** By the name of the outer element and its own, or its own alone. */
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  // Code that sees requests.
  ['globalModules/add', (tag) => module(tag, 'globalModule', 'image')],
  ['modules/add', (tag) => module(tag, 'module', 'type')],
  ['httpModules/add', (tag) => module(tag, 'module', 'type')],
  ['modules/remove', (tag) => removed(tag, 'module', 'Module')],
  ['httpModules/remove', (tag) => removed(tag, 'module', 'Module')],
  ['handlers/add', handler],
  ['httpHandlers/add', handler],
  ['handlers/remove', (tag) => removed(tag, 'handler', 'Handler')],
  ['httpHandlers/remove', (tag) => removed(tag, 'handler', 'Handler', 'path')],
  ['isapiFilters/filter', filter],
  ['isapiCgiRestriction/add', restriction],
  ['fastCgi/application', fastCgi],
  ['serviceAutoStartProviders/add', (tag) => typed(tag, 'autoStartProvider')],
  ['moduleProviders/add', (tag) => typed(tag, 'moduleProvider')],
  // What is compiled into pages.
  ['system.web/compilation', compilation],
  ['assemblies/add', assembly],
  ['buildProviders/add', buildProvider],
  ['compilers/compiler', compiler],
  ['codeSubDirectories/add', (tag) => entry('codeSubDirectory', tag, { Directory: at(tag, 'directoryName') })],
  ['expressionBuilders/add', (tag) => typed(tag, 'expressionBuilder')],
  ['system.web/pages', pages],
  ['controls/add', (tag) => (list(tag) === 'pages' ? control(tag) : null)],
  ['hostingEnvironment', (tag) => (at(tag, 'shadowCopyBinAssemblies') ? attributes(tag, 'hostingEnvironment') : null)],
  ['httpRuntime', (tag) => attributes(tag, 'httpRuntime')],
  // Sites.
  [
    'sites/site',
    (tag) => entry('site', tag, { ...ofSite(tag), SiteId: at(tag, 'id'), AutoStart: at(tag, 'serverAutoStart') }),
  ],
  ['bindings/binding', binding],
  ['site/application', application],
  ['application/virtualDirectory', virtualDirectory],
  ['applicationPools/add', applicationPool],
  ['applicationPoolDefaults', applicationPool],
  // What is written down, and what is not.
  ['logFile', logFile],
  [
    'httpLogging',
    (tag) =>
      entry('httpLogging', tag, {
        DontLog: at(tag, 'dontLog') ?? 'false',
        SelectiveLogging: at(tag, 'selectiveLogging'),
      }),
  ],
  ['traceFailedRequestsLogging', (tag) => entry('traceFailedRequests', tag, { ...ofSite(tag), ...named(tag) })],
  // What requests may do.
  ['requestFiltering', requestFiltering],
  ['rules/rule', (tag) => rewriteRule(tag, 'inbound')],
  ['globalRules/rule', (tag) => rewriteRule(tag, 'inbound')],
  ['outboundRules/rule', (tag) => rewriteRule(tag, 'outbound')],
  [
    'system.web/authentication',
    (tag) => (at(tag, 'mode') ? entry('authentication', tag, { Scheme: at(tag, 'mode') }) : null),
  ],
  ['anonymousAuthentication', authentication],
  ['windowsAuthentication', authentication],
  ['basicAuthentication', authentication],
  ['digestAuthentication', authentication],
  ['clientCertificateMappingAuthentication', authentication],
  ['iisClientCertificateMappingAuthentication', authentication],
  [
    'extendedProtection',
    (tag) => entry('extendedProtection', tag, { TokenChecking: at(tag, 'tokenChecking'), Flags: at(tag, 'flags') }),
  ],
  ['authorization/allow', (tag) => authorization(tag, 'allow')],
  ['authorization/deny', (tag) => authorization(tag, 'deny')],
  ['authorization/add', (tag) => authorization(tag, at(tag, 'accessType')?.toLowerCase() ?? 'allow')],
  [
    'system.web/identity',
    (tag) => entry('identity', tag, { Impersonate: at(tag, 'impersonate'), UserName: at(tag, 'userName') }),
  ],
  ['security/access', (tag) => entry('access', tag, { SslFlags: at(tag, 'sslFlags') })],
  ['httpRedirect', (tag) => entry('httpRedirect', tag, named(tag))],
  ['directoryBrowse', (tag) => entry('directoryBrowse', tag, { Enabled: enabled(tag, 'true') })],
  ['staticContent/mimeMap', mimeMap],
  ['customHeaders/add', header],
  [
    'customErrors',
    (tag) => entry('customErrors', tag, { Mode: at(tag, 'mode'), DefaultRedirect: at(tag, 'defaultRedirect') }),
  ],
  ['system.web/trust', (tag) => entry('trust', tag, { TrustLevel: at(tag, 'level') })],
  ['machineKey', machineKey],
  // Settings of the application.
  ['appSettings/add', setting],
  ['appSettings', (tag) => (at(tag, 'file') || at(tag, 'configSource') ? attributes(tag, 'appSettingsFile') : null)],
  ['connectionStrings/add', connectionString],
  ['dependentAssembly/codeBase', codeBase],
  ['linkedConfiguration', (tag) => entry('linkedConfiguration', tag, { Href: at(tag, 'href') })],
])

// ---------------------------------------------------------------- one reader each

function module(tag: Tag, setting: string, attribute: 'image' | 'type'): ConfigEntry | null {
  const what = at(tag, attribute) ?? at(tag, 'type')
  // Without a type it only switches on a native module, which has its own entry.
  if (what === null || (setting === 'globalModule' && at(tag, 'image') === null)) return null
  const known = attribute === 'image' ? isKnownModule(what) : isKnownType(what)
  const field = attribute === 'image' ? 'Image' : 'Type'
  const fields = { Module: at(tag, 'name'), [field]: what, PreCondition: at(tag, 'preCondition') }
  const like = attribute === 'image' ? resembling(what) : {}
  return entry(setting, tag, { ...fields, Known: String(known), ...like }, `${at(tag, 'name') ?? 'module'}: ${what}`)
}

/** Which module of Microsoft a library passes itself off as, where it does. */
export function resembling(image: string): { Resembles?: string } {
  const module = resembledModule(image)
  return module === null ? {} : { Resembles: module }
}

function removed(tag: Tag, setting: string, field: string, attribute = 'name'): ConfigEntry {
  const name = at(tag, attribute) ?? at(tag, 'name')
  return entry(setting, tag, { [field]: name, Action: 'remove' }, `without ${setting} ${name ?? ''}`)
}

function handler(tag: Tag): ConfigEntry {
  const [type, script] = [at(tag, 'type'), at(tag, 'scriptProcessor')]
  const known =
    (type === null || type === '' || isKnownType(type)) &&
    (script === null || script === '' || isKnownImage(script.split('|')[0]!))
  return entry(
    'handler',
    tag,
    {
      Handler: at(tag, 'name'),
      Path: at(tag, 'path'),
      Engine: [type, script, at(tag, 'modules')].filter(Boolean).join(' ') || null,
      Verb: at(tag, 'verb'),
      Modules: at(tag, 'modules'),
      Type: type,
      ScriptProcessor: script,
      ResourceType: at(tag, 'resourceType'),
      RequireAccess: at(tag, 'requireAccess'),
      PreCondition: at(tag, 'preCondition'),
      KnownHandler: String(known),
    },
    `${at(tag, 'path') ?? ''}: ${type ?? script ?? at(tag, 'modules') ?? ''}`,
  )
}

function filter(tag: Tag): ConfigEntry {
  const image = at(tag, 'path') ?? ''
  const fields = {
    Filter: at(tag, 'name'),
    FilterPath: image,
    Enabled: enabled(tag, 'true'),
    PreCondition: at(tag, 'preCondition'),
  }
  return entry(
    'isapiFilter',
    tag,
    { ...fields, Known: String(isKnownImage(image)) },
    `${at(tag, 'name') ?? 'filter'}: ${image}`,
  )
}

function restriction(tag: Tag): ConfigEntry {
  const image = at(tag, 'path') ?? ''
  const fields = { IsapiPath: image, Allowed: at(tag, 'allowed') ?? 'false', Description: at(tag, 'description') }
  return entry('isapiCgiRestriction', tag, { ...fields, KnownPlace: String(isKnownImage(image)) }, image)
}

function fastCgi(tag: Tag): ConfigEntry {
  const image = at(tag, 'fullPath') ?? ''
  return entry(
    'fastCgi',
    tag,
    { FullPath: image, Arguments: at(tag, 'arguments'), KnownPlace: String(isKnownImage(image)) },
    image,
  )
}

function typed(tag: Tag, setting: string): ConfigEntry {
  const type = at(tag, 'type')
  return entry(
    setting,
    tag,
    { Name: at(tag, 'name'), Type: type, KnownHandler: String(type === null || isKnownType(type)) },
    `${at(tag, 'name') ?? setting}: ${type ?? ''}`,
  )
}

function compilation(tag: Tag): ConfigEntry {
  const fields = {
    Debug: at(tag, 'debug'),
    TempDirectory: at(tag, 'tempDirectory'),
    DefaultLanguage: at(tag, 'defaultLanguage'),
  }
  return entry('compilation', tag, {
    ...fields,
    Batch: at(tag, 'batch'),
    AssemblyPostProcessorType: at(tag, 'assemblyPostProcessorType'),
  })
}

function assembly(tag: Tag): ConfigEntry | null {
  const what = at(tag, 'assembly')
  if (what === null || list(tag) !== 'compilation') return null
  return entry(
    'compilationAssembly',
    tag,
    { Assembly: what, Known: String(what === '*' || isKnownAssembly(what)) },
    what,
  )
}

function buildProvider(tag: Tag): ConfigEntry {
  const type = at(tag, 'type')
  const fields = { Extension: at(tag, 'extension')?.toLowerCase() ?? null, Type: type }
  return entry(
    'buildProvider',
    tag,
    { ...fields, Known: String(type === null || isKnownType(type)) },
    `${at(tag, 'extension') ?? ''}: ${type ?? ''}`,
  )
}

function compiler(tag: Tag): ConfigEntry {
  const type = at(tag, 'type')
  return entry('compiler', tag, {
    Language: at(tag, 'language'),
    Extension: at(tag, 'extension'),
    Type: type,
    CompilerOptions: at(tag, 'compilerOptions'),
    Known: String(type === null || isKnownType(type)),
  })
}

function pages(tag: Tag): ConfigEntry | null {
  const fields = { ...named(tag) }
  return Object.keys(fields).length === 0 ? null : entry('pages', tag, fields)
}

function control(tag: Tag): ConfigEntry {
  return entry('pageControl', tag, named(tag))
}

function binding(tag: Tag): ConfigEntry {
  const information = at(tag, 'bindingInformation')
  const port = /^[^:]*:(\d{1,5}):/.exec(information?.replace(/^\[[^\]]*\]/, '') ?? '')?.[1]
  const fields = {
    Protocol: at(tag, 'protocol'),
    Binding: information,
    Port: port === undefined ? null : Number(port),
    SslFlags: at(tag, 'sslFlags'),
  }
  return entry('binding', tag, { ...ofSite(tag), ...fields }, `${at(tag, 'protocol') ?? ''} ${information ?? ''}`)
}

function application(tag: Tag): ConfigEntry {
  const fields = {
    Path: at(tag, 'path'),
    ApplicationPool: at(tag, 'applicationPool'),
    EnabledProtocols: at(tag, 'enabledProtocols'),
    AutoStartProvider: at(tag, 'serviceAutoStartProvider'),
  }
  return entry('application', tag, { ...ofSite(tag), ...fields }, `${siteOf(tag) ?? ''}${at(tag, 'path') ?? ''}`)
}

function virtualDirectory(tag: Tag): ConfigEntry {
  const outer = tag.parents.at(-1)!
  const path = joined(outer.attributes.get('path') ?? '/', at(tag, 'path') ?? '/')
  const folder = at(tag, 'physicalPath') ?? ''
  return entry(
    'virtualDirectory',
    tag,
    {
      ...ofSite(tag),
      Path: path,
      PhysicalPath: folder,
      ApplicationPool: outer.attributes.get('applicationPool') ?? null,
      UserName: at(tag, 'userName') || null,
      ExchangePath: String(isExchangePath(siteOf(tag), path)),
      KnownPlace: String(isKnownRoot(folder)),
    },
    `${siteOf(tag) ?? ''}${path}: ${folder}`,
  )
}

/** A virtual path of an application and one below it. */
export function joined(outer: string, inner: string): string {
  const path = `${trimEnd(outer, '/')}/${trimStart(inner, '/')}`
  return path.length > 1 ? trimEnd(path, '/') : path
}

const exchangePath =
  /^\/(?:owa|ecp|ews|api|autodiscover|microsoft-server-activesync|oab|powershell|mapi|rpc|rpcwithcert|pushnotifications|exchange|exchweb|public|aspnet_client)(?:\/|$)/i

/** Is this a path that Exchange serves, or one of its back end? */
export function isExchangePath(site: string | null, path: string): boolean {
  return exchangePath.test(path) || site?.toLowerCase() === 'exchange back end'
}

function applicationPool(tag: Tag): ConfigEntry {
  const model = childElement(tag.element, 'processModel')
  const variables = childElements(childElement(tag.element, 'environmentVariables')).flatMap((element) => {
    const [name, value] = [element.attributes.get('name'), element.attributes.get('value')]
    return name === undefined ? [] : [`${name}=${isSecretName(name) ? MASK : maskValue(value ?? '')}`]
  })
  const name = tag.element.name === 'add' ? at(tag, 'name') : null
  return entry(
    'applicationPool',
    tag,
    {
      ApplicationPool: name,
      IdentityType: model?.attributes.get('identityType') ?? null,
      UserName: model?.attributes.get('userName') || null,
      ManagedRuntimeVersion: at(tag, 'managedRuntimeVersion'),
      ManagedRuntimeLoader: at(tag, 'managedRuntimeLoader'),
      PipelineMode: at(tag, 'managedPipelineMode'),
      Enable32Bit: at(tag, 'enable32BitAppOnWin64'),
      AutoStart: at(tag, 'autoStart'),
      ClrConfigFile: at(tag, 'CLRConfigFile'),
      EnvironmentVariables: variables.length === 0 ? null : variables.slice(0, 100),
    },
    name ?? 'defaults of application pools',
  )
}

function logFile(tag: Tag): ConfigEntry {
  const custom = childElements(childElement(tag.element, 'customFields')).flatMap(
    (field) => field.attributes.get('logFieldName') ?? [],
  )
  return entry('logFile', tag, {
    ...ofSite(tag),
    Enabled: enabled(tag, 'true'),
    Directory: at(tag, 'directory'),
    LogFormat: at(tag, 'logFormat'),
    LogTarget: at(tag, 'logTargetW3C'),
    Period: at(tag, 'period'),
    LogFields:
      at(tag, 'logExtFileFlags')
        ?.split(',')
        .map((flag) => flag.trim()) ?? null,
    CustomFields: custom.length === 0 ? null : custom.slice(0, 100),
  })
}

function requestFiltering(tag: Tag): ConfigEntry {
  const of = (name: string, attribute: string, allowed?: string): readonly string[] | null => {
    const found = childElements(childElement(tag.element, name))
      .filter(
        (element) =>
          element.name === 'add' &&
          (allowed === undefined || (element.attributes.get('allowed') ?? 'true') === allowed),
      )
      .flatMap((element) => element.attributes.get(attribute) ?? [])
    return found.length === 0 ? null : found.slice(0, 300)
  }
  const removedFrom = (name: string, attribute: string): readonly string[] | null => {
    const found = childElements(childElement(tag.element, name)).flatMap((element) =>
      element.name === 'remove' ? (element.attributes.get(attribute) ?? []) : element.name === 'clear' ? '*' : [],
    )
    return found.length === 0 ? null : found.slice(0, 300)
  }
  const rules = childElements(childElement(tag.element, 'filteringRules')).flatMap(
    (rule) => rule.attributes.get('name') ?? [],
  )
  return entry('requestFiltering', tag, {
    AllowDoubleEscaping: at(tag, 'allowDoubleEscaping'),
    AllowHighBitCharacters: at(tag, 'allowHighBitCharacters'),
    MaxAllowedContentLength:
      childElement(tag.element, 'requestLimits')?.attributes.get('maxAllowedContentLength') ?? null,
    DeniedExtensions: of('fileExtensions', 'fileExtension', 'false'),
    AllowedExtensions: of('fileExtensions', 'fileExtension', 'true'),
    RemovedExtensions: removedFrom('fileExtensions', 'fileExtension'),
    HiddenSegments: of('hiddenSegments', 'segment'),
    RemovedSegments: removedFrom('hiddenSegments', 'segment'),
    DeniedVerbs: of('verbs', 'verb', 'false'),
    DeniedUrlSequences: of('denyUrlSequences', 'sequence'),
    FilteringRules: rules.length === 0 ? null : rules.slice(0, 300),
  })
}

/** https://learn.microsoft.com/iis/extensions/url-rewrite-module/url-rewrite-module-configuration-reference */
function rewriteRule(tag: Tag, direction: 'inbound' | 'outbound'): ConfigEntry {
  const [match, action] = [childElement(tag.element, 'match'), childElement(tag.element, 'action')]
  const conditions = childElements(childElement(tag.element, 'conditions')).map(
    (add) =>
      `${add.attributes.get('negate') === 'true' ? 'not ' : ''}${add.attributes.get('input') ?? ''} ~ ${add.attributes.get('pattern') ?? ''}`,
  )
  const name = at(tag, 'name')
  return entry(
    'rewriteRule',
    tag,
    {
      Rule: name,
      Direction: direction,
      Enabled: enabled(tag, 'true'),
      StopProcessing: at(tag, 'stopProcessing'),
      Pattern: match?.attributes.get('url') ?? match?.attributes.get('pattern') ?? null,
      ServerVariable: match?.attributes.get('serverVariable') ?? null,
      Conditions: conditions.length === 0 ? null : conditions.slice(0, 100),
      Action: action?.attributes.get('type') ?? null,
      ActionUrl: action?.attributes.get('url') ?? action?.attributes.get('value') ?? null,
      StatusCode: action?.attributes.get('statusCode') ?? null,
      Mitigation: name === null ? null : mitigationOf(name, conditions),
    },
    name ?? 'rewrite rule',
  )
}

/**
 * Mitigations that the vendor's tools set as rewrite rules, by the names of their rules (EOMT.ps1, EOMTv2.ps1,
 * ExchangeMitigations.ps1 of https://github.com/microsoft/CSS-Exchange, and the Emergency Mitigation service); a rule
 * that an administrator made by hand from the published steps has a name of its own and is recognized by its pattern.
 * `knowledge/vendor-names.csv` says against what each of them is.
 */
function mitigationOf(name: string, conditions: readonly string[]): string | null {
  const eems = /^EEMS\s+(\S{1,12})\b/i.exec(name)?.[1]
  if (eems !== undefined) return `EEMS ${eems.toUpperCase()}`
  if (/^EOMT OWA CSP\b/i.test(name)) return 'EOMT OWA CSP'
  if (/^X-(?:AnonResource-Backend|BEResource)\b.*\bAbort - inbound$/i.test(name)) return 'EOMT'
  const all = conditions.join('\n')
  if (/X-AnonResource-Backend|X-BEResource=/i.test(all)) return 'cookie filter'
  const filters = /autodiscover.{0,40}powershell/is.test(all)
  if (/^PowerShell - inbound$/i.test(name) && filters) return 'EOMTv2'
  return filters && !/^EOMT/i.test(name) ? 'autodiscover filter' : null
}

function authentication(tag: Tag): ConfigEntry {
  const scheme = tag.element.name.replace(/Authentication$/, '')
  return entry(
    'authentication',
    tag,
    { Scheme: scheme, Enabled: enabled(tag, null), UserName: at(tag, 'userName') || null },
    `${scheme} authentication`,
  )
}

function authorization(tag: Tag, action: string): ConfigEntry {
  return entry(
    'authorization',
    tag,
    { Action: action, Users: at(tag, 'users'), Roles: at(tag, 'roles'), Verbs: at(tag, 'verbs') },
    `${action} ${at(tag, 'users') ?? at(tag, 'roles') ?? ''}`,
  )
}

const script = /\b(?:asp|aspx|html?|php|jscript|x-httpd|text\/html)\b/i
const passive =
  /^\.(?:html?|xht(?:ml)?|shtml?|hxt|asp|stm|htt|hta|hdml|htc|jsx?|x?sl|mht(?:ml)?|odc|xslt?|xaml|svgz?|vml|wsdl|xml|css|rss|atom)$/i

/** A file that the browser is told to treat as a page though its name is not that of one. */
function mimeMap(tag: Tag): ConfigEntry | null {
  const [extension, type] = [at(tag, 'fileExtension')?.toLowerCase() ?? '', at(tag, 'mimeType')]
  const runs = /^\.(?:aspx?|ashx|asmx|ascx|config|cs|dll|exe|ps1|vbs|bat|cmd|pst|ost|edb|log|bak|zip|7z|rar|dmp)$/.test(
    extension,
  )
  const isPage = type !== null && script.test(type) && !passive.test(extension)
  if (tag.parents[0]?.name === 'configuration' && !runs && !isPage) return null
  return entry('mimeMap', tag, { Extension: extension, MimeType: type }, `${extension}: ${type ?? ''}`)
}

function header(tag: Tag): ConfigEntry {
  return entry(
    'customHeader',
    tag,
    { Header: at(tag, 'name'), Value: maskValue(at(tag, 'value') ?? '') },
    at(tag, 'name') ?? 'header',
  )
}

/** https://learn.microsoft.com/dotnet/api/system.web.configuration.machinekeysection */
function machineKey(tag: Tag): ConfigEntry {
  const [validation, decryption] = [at(tag, 'validationKey'), at(tag, 'decryptionKey')]
  const fixed = (key: string | null): boolean => key !== null && !isMadeByMachine(key)
  return entry(
    'machineKey',
    tag,
    {
      Validation: at(tag, 'validation'),
      Decryption: at(tag, 'decryption'),
      CompatibilityMode: at(tag, 'compatibilityMode'),
      // A fixed key that is known to others lets them forge view state.
      FixedKey: String(fixed(validation) || fixed(decryption)),
      ValidationKey: validation === null ? null : fixed(validation) ? MASK : validation,
      DecryptionKey: decryption === null ? null : fixed(decryption) ? MASK : decryption,
      KeyDigest: fixed(validation) ? keyDigest(validation!) : null,
      DecryptionKeyDigest: fixed(decryption) ? keyDigest(decryption!) : null,
    },
    'machineKey',
  )
}

function setting(tag: Tag): ConfigEntry {
  const [key, value] = [at(tag, 'key') ?? '', at(tag, 'value') ?? '']
  return entry('appSetting', tag, { Key: key, Value: isSecretName(key) ? MASK : maskValue(value) }, key)
}

function connectionString(tag: Tag): ConfigEntry {
  return entry(
    'connectionString',
    tag,
    {
      Name: at(tag, 'name'),
      Provider: at(tag, 'providerName'),
      ConnectionString: maskValue(at(tag, 'connectionString') ?? ''),
    },
    at(tag, 'name') ?? 'connection',
  )
}

function codeBase(tag: Tag): ConfigEntry {
  const href = at(tag, 'href') ?? ''
  // Resources of a language lie in a folder of its name beside their library.
  const known =
    /\\v1[45]\\(?:frontend|clientaccess)\\popimap\\[^.]/i.test(href) ||
    isKnownImage(href) ||
    isKnownImage(href.replace(/[\\/][a-z]{2,3}(?:-[a-z]{2,8}){0,2}(?=[\\/][^\\/]+$)/i, ''))
  return entry('codeBase', tag, { Href: href, Version: at(tag, 'version'), KnownPlace: String(known) }, href)
}

// ---------------------------------------------------------------- helpers

function entry(
  setting: string,
  tag: Tag,
  fields: Readonly<Record<string, FieldValue>>,
  target: string = setting,
): ConfigEntry {
  return { fields: { Element: setting, ...fields, Location: locationOf(tag) }, target: maskValue(target) }
}

function at(tag: Tag, name: string): string | null {
  return tag.element.attributes.get(name)?.trim() ?? null
}

function enabled(tag: Tag, otherwise: string | null): string | null {
  return at(tag, 'enabled')?.toLowerCase() ?? otherwise
}

function siteOf(tag: Tag): string | null {
  return (
    tag.parents.findLast((parent) => parent.name === 'site')?.attributes.get('name') ??
    (tag.element.name === 'site' ? at(tag, 'name') : null)
  )
}

function ofSite(tag: Tag): { Site: string | null } {
  return { Site: siteOf(tag) }
}

/** All attributes as fields, each with a capital, secrets masked. */
function named(tag: Tag): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = Object.create(null) as Record<string, FieldValue>
  for (const [name, value] of [...tag.element.attributes].slice(0, 50)) {
    if (!/^[A-Za-z][\w.-]{0,60}$/.test(name) || name === 'xmlns') continue
    fields[name[0]!.toUpperCase() + name.slice(1)] = isSecretName(name) ? MASK : maskValue(value)
  }
  return fields
}

function attributes(tag: Tag, setting: string): ConfigEntry {
  return entry(setting, tag, named(tag))
}
