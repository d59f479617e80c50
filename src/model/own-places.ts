import { memoized } from './memo.ts'
import { hasPlaceOfItsOwn } from './log-kinds.ts'
import type { Scan } from './scan.ts'
import type { Artifact } from './evidence.ts'

type Place = Pick<Artifact, 'path' | 'windowsPath' | 'recordedBy'> & Partial<Pick<Artifact, 'parser'>>

/**
 * Where a log or a state of the machine lies, told by the folders around it:
 * own: where Windows, IIS or Exchange write theirs · loose: no folder says where it lay · custom: in some other folder of a
 * drive, as somebody may have set it · elsewhere: where whoever got in writes as he likes, and no product keeps its logs.
 */
export type Standing = 'own' | 'loose' | 'custom' | 'elsewhere'

/** Is this a log or a state that a product keeps in folders of its own? */
export function hasOwnPlace({ parser, kinds }: Pick<Artifact, 'parser' | 'kinds'>): boolean {
  if (parser === null || parser === 'scan') return false
  return kinds.some(hasPlaceOfItsOwn)
}

/**
 * Of what a product keeps in folders of one name wherever it is installed, these: in another folder of Windows, of Exchange or
 * with other logs it is nothing that they wrote.
 */
const foldersOf: ReadonlyMap<string, RegExp> = new Map([
  [
    'registry',
    /[\\/](?:(?:system32[\\/]config|repair|serviceprofiles|appcompat[\\/]programs|users|documents and settings)[\\/])/i,
  ],
  ['evtx', /[\\/](?:winevt[\\/]logs|system32[\\/]config)[\\/]/i],
  ['iis', /[\\/](?:logfiles|logs|w3svc\d{1,12})[\\/]/i],
  ['httperr', /[\\/](?:logfiles|httperr)[\\/]/i],
  ['exchange-csv', /[\\/](?:logging|transportroles|v1[45])[\\/]/i],
  ['exchange-setup', /[\\/]exchangesetuplogs[\\/]/i],
  ['task-xml', /[\\/]tasks[\\/]/i],
])

/** The standing of a file of the evidence, by the outermost folder that tells, and by what it is. */
export function standingOf(place: Place): Standing {
  const standing = standingOfFolder(place)
  const { windowsPath, recordedBy, parser = null } = place
  if (standing !== 'own' || windowsPath === null || recordedBy !== undefined || parser === null) return standing
  return foldersOf.get(parser)?.test(windowsPath) === false ? 'elsewhere' : standing
}

function standingOfFolder({ path, windowsPath, recordedBy }: Place): Standing {
  return windowsPath !== null && recordedBy === undefined ? standingOnDrive(windowsPath) : standingBelow(path)
}

const standingBelow = memoized((path): Standing => below(path.toLowerCase().split(/[\\/]+/)) ?? 'loose')

const standingOnDrive = memoized((path): Standing => {
  const names = path.toLowerCase().split(/[\\/]+/)
  // What lies in an archive that lay on the server lies where that does, and not where the names in it say.
  const archive = names.findIndex((name) => name.endsWith('!'))
  if (archive < 0) return ofDrive(names) ?? below(names) ?? 'custom'
  const outer = names.slice(0, archive + 1)
  return (ofDrive(outer) ?? below(outer)) === 'own' ? 'own' : 'elsewhere'
})

/**
 * Does a page lie in a web root of the server itself? Folders of these names within Windows, with the logs or in a profile of a
 * user are none of IIS.
 */
export function isInOwnWebRoot({ path, windowsPath, recordedBy }: Place): boolean {
  const isLaid = windowsPath !== null && recordedBy === undefined
  const names = (isLaid ? windowsPath : path).toLowerCase().split(/[\\/]+/)
  return (
    !names.some((name) => name.endsWith('!')) && (!isLaid || ofDrive(names) === null) && below(names) === 'elsewhere'
  )
}

/** Is this the web.config of a site or an application of Exchange, which IIS follows, and not of some folder below? */
export function isConfigOfApplication({ path, windowsPath, recordedBy }: Place): boolean {
  const slashed = (recordedBy === undefined ? (windowsPath ?? path) : path).replaceAll('\\', '/')
  return /^(?:(?!(?:inetpub|wwwroot|httpproxy|clientaccess|aspnet_client)\/)[^/]*\/)*(?:inetpub\/wwwroot|httpproxy(?:\/[^/]+)?|clientaccess(?:\/[^/]+)?)\/web\.config$/i.test(
    slashed,
  )
}

const temporary = /^(?:temp|tmp|perflogs|\$recycle\.bin|recycler)$/

/** What the top folder of a drive says: `c:`, `inetpub`, …, or the names of a shadow copy. */
function ofDrive(names: readonly string[]): Standing | null {
  const top = names.findIndex((name) => /^(?:[a-z]:|harddiskvolumeshadowcopy.*)$/.test(name)) + 1
  const [first = '', second = '', third = ''] = names.slice(top)
  if (temporary.test(first)) return 'elsewhere'
  switch (first) {
    case 'windows':
      return temporary.test(second) ? 'elsewhere' : 'own'
    case 'programdata':
      return second === 'microsoft' ? 'own' : 'elsewhere'
    case 'users':
    case 'documents and settings':
      return /^ntuser\.dat/.test(third) ||
        names
          .slice(top + 2)
          .join('/')
          .startsWith('appdata/local/microsoft/windows/')
        ? 'own'
        : 'elsewhere'
    case 'exchangesetuplogs':
    case '$extend':
    case '$mft':
    case '$logfile':
    case 'system volume information':
      return 'own'
    default:
      return null
  }
}

/** The first folder of IIS or Exchange on the way down. */
function below(names: readonly string[]): Standing | null {
  for (const [i, name] of names.slice(0, -1).entries()) {
    const next = names[i + 1] ?? ''
    if (name === 'inetpub' && /^(?:logs|logfiles|history)$/.test(next)) return 'own'
    if (name === 'inetpub' && /^(?:wwwroot|ftproot|temp|custerr|mailroot)$/.test(next)) return 'elsewhere'
    if (name === 'wwwroot' || name === 'aspnet_client' || name === 'clientaccess') return 'elsewhere'
    if (name === 'frontend' && next === 'httpproxy') return 'elsewhere'
    if (/^(?:logging|logfiles|transportroles|winevt|exchangesetuplogs|w3svc\d+)$/.test(name)) return 'own'
    if (/^v1[45]$/.test(name) && !/^(?:frontend|clientaccess)$/.test(next)) return 'own'
  }
  return null
}

/** How much speaks against the place of a log: of two copies the one of which least does counts. */
export function doubtOf(scan: Pick<Scan, 'artifact'>): number {
  return isMisplaced(scan) ? 2 : standingOf(scan.artifact) === 'custom' ? 1 : 0
}

/** Is this a log or a state that lies elsewhere than its product keeps it? */
export function isMisplaced({ artifact }: Pick<Scan, 'artifact'>): boolean {
  return hasOwnPlace(artifact) && standingOf(artifact) === 'elsewhere'
}
