import type { Administration } from '../../../activity/administration.ts'
import type { Origins } from '../../../activity/origins.ts'
import type { KnownOrigins } from '../../../activity/known-origins.ts'
import type { FindingWithHits, KnownActivity } from '../../../findings/findings.ts'
import type { LogKind } from '../../../model/log-kinds.ts'
import type { Explanation } from '../../../model/weight.ts'
import type { TrafficTable } from '../../../activity/requests.ts'
import type { PageFacts } from '../../page-facts.ts'
import type { ExposureTimeline } from '../../exposure/exposure.ts'
import type { ServerFacts } from '../../server/server.ts'
import type { ConfigurationCopies } from '../../configuration-copies.ts'
import type { SubjectId } from '../subjects.ts'

/** A subject with all findings about it. */
export type SubjectFindings = { readonly subject: SubjectId; readonly found: readonly FindingWithHits[] }

/** What explanations are looked for in. */
export type ExplanationContext = {
  readonly server: Pick<ServerFacts, 'builds'> & Partial<Pick<ServerFacts, 'updates'>>
  /** When the server was open to the vulnerabilities of a campaign, by the id of the campaign. */
  readonly doors: ReadonlyMap<string, ExposureTimeline>
  /**
   * First and last entry of all logs; `has`: is a kind of log or state in the evidence, whole? `since`: since when there is some log, or
   * some of a tenant, without a long silence, up to a time.
   */
  readonly logs: {
    readonly first: number | null
    readonly last: number | null
    has?(kind: LogKind): boolean
    since?(time: number, of?: 'server' | 'tenant'): number | null
  }
  /** What the code of pages takes that no baseline knows, by the names of pages. */
  readonly pages: PageFacts
  /** Since when the logs that the general question needs go on without a break, and the same of a tenant. */
  readonly explainsFrom?: number | null
  readonly explainsTenantFrom?: number | null
  /** From where accounts were at work. */
  readonly origins?: Origins
  /** From where accounts log on, and who was refused there. */
  readonly knownOrigins?: KnownOrigins
  /** When the oldest copy of each file of configuration was written. */
  readonly configurations?: ConfigurationCopies
  /** Requests to the front end by URL path. */
  readonly paths?: Pick<TrafficTable, 'find' | 'onlyOf'>
  /** Requests to the front end by client. */
  readonly clients?: Pick<TrafficTable, 'find'>
  /** Does the configuration of IIS serve a URL path from a folder of its own? */
  readonly isConfigured?: (path: string) => boolean
  /** Is the library at this path one whose bytes a baseline knows? */
  readonly isKnownLibrary?: (path: string) => boolean
  /** All web roots and the configuration of IIS are in the evidence: what is not among the pages is gone. */
  readonly hasAllPages?: boolean
  /** Logs of several hosts are assessed together: the web roots may be those of one, and a page that of another. */
  readonly areSeveral?: boolean
  /** The configuration of IIS is in the evidence: it says which folders are served, and what runs there. */
  readonly hasFolders?: boolean
  /** On which days each account administered. */
  readonly administration?: Administration
  /** When a vulnerability that was open here was first used anywhere; null where none was open. */
  readonly exposedSince?: number | null
  /** What the operator announced. */
  readonly known?: KnownActivity
  /** All findings: what one subject did may explain another, or take its explanation away. */
  readonly all?: readonly FindingWithHits[]
}

/** Looks for one reason why a subject may be ordinary; null where it does not hold. */
export type Explain = (about: SubjectFindings, context: ExplanationContext) => Explanation | null
