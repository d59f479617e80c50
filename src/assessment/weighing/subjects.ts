import type { FindingWithHits } from '../../findings/findings.ts'
import { pageNameOf } from '../../findings/removed-pages.ts'
import { applicationIdsIn, applicationsIn } from '../../findings/applications.ts'
import { mailboxesIn } from '../../findings/mailbox-names.ts'
import { type Event, fieldText } from '../../model/event.ts'
import type { SignKind, SubjectKind } from '../../model/sign.ts'
import { nameOfSetting } from '../persistent-settings.ts'
import { nameOfSelfStarting } from './setting-names.ts'
import { parameterOf } from '../../model/cmdlet-parameters.ts'
import type { Origins } from '../../activity/origins.ts'

/** What a finding is about: the same key for all findings about one thing or person. */
export type SubjectId = { readonly kind: SubjectKind; readonly key: string; readonly name: string }

/** The subject of a finding, by the kind that its rule gives it and by what its first row names. */
export function subjectOfFinding(f: FindingWithHits, origins: Origins | undefined): SubjectId {
  const { subject: kind } = f.finding.sign
  const { client, user } = f.used ?? { client: f.finding.client, user: nameOf(kind, f) }
  const subject = subjectNamed(kind, user, client, origins)
  return isOrdinaryPlace(f, origins) ? { ...subject, key: `${subject.key}\0own place` } : subject
}

/**
 * Does the account read so where it has always worked? What it does there remains its owner's, and is weighed apart from what it
 * does elsewhere.
 */
function isOrdinaryPlace({ finding: { sign }, hits, used }: FindingWithHits, origins: Origins | undefined): boolean {
  const isOfPlace = accounts.has(sign.subject) && sign.strength === 'weak' && ofPlace.has(sign.kind)
  if (!isOfPlace || used !== undefined || origins === undefined) return false
  return hits.every(
    ({ event }) => event.client !== null && event.user !== null && origins.newnessOf(event.user, event) === 'used',
  )
}

/** Signs that a place explains where the account has always worked there. */
const ofPlace: ReadonlySet<SignKind> = new Set(['reach', 'manner'])

/** One name for all names of a person or mailbox; undefined where no origins were counted. */
type PersonNames = Pick<Origins, 'personOf'> | undefined

/**
 * An entry without an address (of a cmdlet) is not put together with what the account did elsewhere under another form of its name:
 * whether the attacker or the owner did it, only a session tells.
 */
export function subjectNamed(kind: SubjectKind, name: string, client: string | null, origins: PersonNames): SubjectId {
  // Requests of one client and its address are one subject; accounts are known to their sessions.
  const key = kind === 'request' || kind === 'client' ? 'client' : kind
  // A command of every night has another date each time.
  const same =
    kind === 'program'
      ? name.replaceAll(/\d{1,20}/g, '0')
      : origins !== undefined && (mailboxes.has(kind) || (client !== null && accounts.has(kind)))
        ? origins.personOf(name)
        : name
  return { kind, key: `${key}\0${same.toLowerCase()}`, name }
}

/** Kinds of subjects that go by the name of an account, and of a mailbox. */
const accounts: ReadonlySet<SubjectKind> = new Set(['account', 'session', 'device'])
const mailboxes: ReadonlySet<SubjectKind> = new Set(['mailbox', 'inbox-rule', 'grant'])

/** The name of what a finding is about, by its kind; null where its first row has none. */
type NameOf = (f: FindingWithHits, event: Event) => string | null

const ofClient: NameOf = ({ finding }) => finding.client ?? finding.user
const ofPerson: NameOf = ({ finding }) => finding.user
const ofSetting: NameOf = (_, event) => nameOfSelfStarting(event)
const ofMailbox: NameOf = ({ finding }, event) => mailboxesIn(event)[0] ?? finding.user
const ofTarget: NameOf = ({ finding }) => finding.target

const names: Readonly<Record<SubjectKind, NameOf>> = {
  request: ofClient,
  client: ofClient,
  page: (_, event) => pageOf(event),
  module: ofSetting,
  agent: ofSetting,
  task: ofSetting,
  service: ofSetting,
  program: ({ finding }, event) => nameOfSetting(event) ?? commandOfWindows(finding.target, event),
  account: ofPerson,
  session: ofPerson,
  device: ofPerson,
  application: ({ finding }, event) => applicationsIn(event)[0] ?? applicationIdsIn(event)[0] ?? finding.user,
  mailbox: ofMailbox,
  'inbox-rule': ofMailbox,
  grant: ofMailbox,
  host: ({ finding }) => finding.host,
  export: ({ finding }, event) => parameterOf(event, 'FilePath') ?? finding.target,
  'virtual-directory': ofTarget,
}

function nameOf(kind: SubjectKind, f: FindingWithHits): string {
  const { finding, hits } = f
  const name = names[kind](f, hits[0]!.event)
  return name ?? finding.target ?? finding.user ?? finding.client ?? finding.host ?? finding.id
}

/** A program of Windows is identified by what it was started for, since every user starts it, and a script by its text; another program by itself. */
function commandOfWindows(target: string | null, event: Event): string | null {
  const image = fieldText(event, 'Image') ?? target
  const command = fieldText(event, 'CommandLine') ?? fieldText(event, 'ScriptBlockText')
  // A script block without a file is its own text: what else the server ran in that time is another matter.
  return command !== null && (image === null || ofWindows.test(image)) ? command : null
}

const ofWindows = /^(?:[a-z]:)?\\windows\\|^[^\\/]{1,99}$/i

const PAGE_FIELDS = ['virtualPath', 'cs-uri-stem', 'TargetFilename', 'RelativeTargetName']

/** A page by its last names, which a URL and a path have in common: `owa/auth/name.aspx`. */
function pageOf(event: Event): string | null {
  for (const name of PAGE_FIELDS) {
    const path = fieldText(event, name)
    if (path !== null) return pageNameOf(path)
  }
  // What a command copies or loads comes first, then the page that it writes.
  const command = fieldText(event, 'CommandLine') ?? fieldText(event, 'ScriptBlockText') ?? ''
  const page = [...command.slice(0, 8_192).matchAll(pageInCommand)].at(-1)?.[1]
  return page === undefined ? null : pageNameOf(page)
}

/** A page in a folder that a web server serves. */
const pageInCommand =
  /[\\/]((?:httpproxy|clientaccess|wwwroot|aspnet_client)[\\/][^"'<>|?*:;\r\n]{1,200}\.(?:aspx|ashx|asmx|ascx|asp|soap|cshtml))(?![\w.])/gi
