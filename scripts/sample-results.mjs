// The folder of the sample's results: what a run of the sample wrote there gives way to the next.
import fs from 'fs'
import path from 'path'

/**
 * Takes the results of the sample's last run away. Null, or the names of what else is in the folder: that is somebody's, and nothing
 * is taken away. `names`: files that a run writes for each server.
 */
export function makeRoom(folder, sample, names) {
  const entries = fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : []
  // Of a run that was interrupted: the next one goes on from there.
  if (entries.every((entry) => entry.name === 'unfinished')) return null
  const strange = entries
    .filter((entry) => !(entry.isFile() && entry.name === 'summary.json'))
    .filter((entry) => !isOfSample(path.join(folder, entry.name), entry, sample, names))
  if (strange.length > 0) return strange.map((entry) => entry.name)
  fs.rmSync(folder, { recursive: true })
  return null
}

function isOfSample(folder, entry, sample, names) {
  if (!entry.isDirectory()) return false
  const inside = fs.readdirSync(folder, { withFileTypes: true })
  if (!inside.every((file) => file.isFile() && names.includes(file.name))) return false
  try {
    const evidence = JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8')).evidence
    return Array.isArray(evidence) && evidence.length === 1 && path.resolve(evidence[0]) === path.resolve(sample)
  } catch {
    return false
  }
}
