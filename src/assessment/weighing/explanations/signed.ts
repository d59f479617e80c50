import { type Event, fieldText } from '../../../model/event.ts'
import { knownProducts } from '../../../model/known.ts'
import { eventsOf } from './acts.ts'
import type { Explain } from './explanation.ts'

/**
 * The library or program is signed by the vendor of a known product. Windows checked the signature where an export says so; a
 * signature that only the file itself has can be forged, and explains weakly.
 */
export const signed: Explain = ({ found }) => {
  const events = eventsOf(found)
  const vendors = events.map(vendorOf)
  if (vendors.length === 0 || vendors.includes(null)) return null
  const isChecked = events.every(({ fields }) => /^valid$/i.test(String(fields.SignatureStatus ?? '')))
  return {
    by: isChecked ? 'signed' : 'signed-unchecked',
    of: vendors[0]!,
    strength: isChecked ? 'strong' : 'weak',
    answers: ['name', 'provenance'],
    statement: isChecked
      ? `It has a valid signature of the vendor of ${vendors[0]!}.`
      : `It is signed in the name of the vendor of ${vendors[0]!}; who made the signature was not checked.`,
  }
}

function vendorOf(event: Event): string | null {
  const signer = fieldText(event, 'Signer')
  const isWhole = fieldText(event, 'SignatureHash') === 'matches' || fieldText(event, 'SignatureStatus') !== null
  if (signer === null || !isWhole) return null
  const name = /(?:^|, ?)(?:CN|O)="?([^,"]{1,100})/.exec(signer)?.[1] ?? signer
  return (
    knownProducts.find(({ product }) => name.toLowerCase().startsWith(product.toLowerCase().split(' ')[0]!))?.product ??
    null
  )
}
