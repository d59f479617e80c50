import type { Found } from './detection.ts'
import type { Actor, Campaign, Chain, Stage } from './model.ts'

const DAY = 86_400_000

/** Stages that automated use of a door seldom reaches. */
const byHand: ReadonlySet<Stage> = new Set(['execution', 'credentials', 'persistence', 'collection', 'exfiltration'])

/**
 * Weighed hypotheses per chain. Until actor knowledge is in the packs the only hypothesis that can be weighed is
 * mass exploitation by an unknown actor; nobody is named on shared tools alone.
 */
export function actorsOf(chains: readonly Chain[], found: readonly Found[], campaigns: readonly Campaign[]): Actor[] {
  if (chains.length === 0) return []
  const supports: string[] = []
  const against: string[] = []
  for (const chain of chains) {
    const campaign = campaigns.find((c) => c.id === chain.campaign)
    if (!campaign || chain.first === null) continue
    const first = Date.parse(chain.first)
    const mass = campaign.massFrom ? Date.parse(campaign.massFrom) : null
    const date = chain.first.slice(0, 10)
    if (mass !== null && first < mass)
      against.push(
        `chain ${chain.id} began on ${date}, before the mass exploitation of ${campaign.name} (from ${campaign.massFrom})`,
      )
    else supports.push(`chain ${chain.id} began on ${date}, when ${campaign.name} was in the hands of many`)
    const own = found.filter((f) => f.finding.chain === chain.id)
    const hands = new Set(own.map((f) => f.finding.stage).filter((stage) => byHand.has(stage)))
    const span = chain.last === null ? 0 : Date.parse(chain.last) - first
    if (hands.size === 0) supports.push(`chain ${chain.id}: nothing after the first steps, as automated use leaves it`)
    else
      against.push(
        `chain ${chain.id}: someone went on by hand (${counted(hands.size, 'kind')} of act, within ${counted(Math.max(1, Math.ceil(span / DAY)), 'day')})`,
      )
  }
  supports.push('the traces consist of public tools and methods that many share')
  const words = against.length > supports.length ? 'roughly even chance' : 'likely'
  return [
    {
      actor: 'mass exploitation, actor unknown',
      words,
      for: supports,
      against,
      chains: chains.map((chain) => chain.id),
    },
  ]
}

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
