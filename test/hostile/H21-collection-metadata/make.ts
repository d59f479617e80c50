import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ evidence, isFull }) => {
  const hostname = 'MAIL99"\n- scope: {{ 7*7 }}\n- query: SELECT * FROM execve()'
  put(
    evidence,
    'client_info.json',
    JSON.stringify({
      Hostname: hostname,
      hostname,
      constructor: { prototype: { is: 'yes' } },
      padding: 'x'.repeat(isFull ? 1e7 : 1e5),
    }).replace('"padding"', '"__proto__"'),
  )
  put(
    evidence,
    'uploads.json',
    '{"__proto__": {"vfs_path": "/etc/passwd"}, "Path": "../../etc/passwd"}\n{"Path": null}\n[]\n',
  )
}
