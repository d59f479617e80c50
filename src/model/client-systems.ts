/** Families of operating systems by which clients are distinguished, and `script` for libraries that no person works with. */
export const clientSystems = ['', 'windows', 'apple', 'android', 'linux', 'chrome-os', 'script'] as const

export type ClientSystem = (typeof clientSystems)[number]

/** Libraries of phishing kits, as no tool of administrators names itself: those use Python and PowerShell beside their browser. */
const SCRIPT = /^(?:axios|node|undici|go-http|fasthttp|aiohttp|curl|wget)/i

/**
 * The family of the system that a user agent or the name of a system says; empty where it says none. A phone or tablet of Apple may
 * call itself a Mac, so that these are one.
 */
export function systemOf(text: string): ClientSystem {
  if (text === '') return ''
  if (SCRIPT.test(text)) return 'script'
  if (/iphone|ipad|\bios\b|outlook-ios|mac ?os|macintosh|\bmac\b/i.test(text)) return 'apple'
  if (/android/i.test(text)) return 'android'
  if (/windows/i.test(text)) return 'windows'
  if (/\bcros\b|chrome ?os/i.test(text)) return 'chrome-os'
  return /linux|ubuntu|x11/i.test(text) ? 'linux' : ''
}

/** Can one device show itself as both? An Android device shows a desktop site as Linux. */
export function areDifferentSystems(one: string, other: string): boolean {
  if (one === '' || other === '' || one === other) return false
  const both = new Set([one, other])
  return !(both.has('android') && (both.has('linux') || both.has('chrome-os')))
}
