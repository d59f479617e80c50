import { parsersAt } from '../model/log-places.ts'
import type { ContainerMember } from './container.ts'

// What the place and the name of a file tell before it is read.

/**
 * What a web server would run is read as it stands, whatever its first bytes are: a page that begins like an archive is
 * still a page.
 */
export function isPagePath(path: string): boolean {
  return /\.(?:as[pmhc]x|asax|asp|asa|cer|cdx|[cv]bhtml|master|config|soap|svc|rem|xamlx|php\d?|phtml|jspx?|html?|js)$/i.test(
    path,
  )
}

/**
 * Does a file without content tell something by its name: a page, a program, a script, a dump, a thing in a web root; or a log or a
 * hive, which was emptied?
 */
export function hasTellingName(path: string): boolean {
  return (
    isPagePath(path) ||
    parsersAt(path).size > 0 ||
    /\.(?:exe|dll|sys|ps[md]?1|bat|cmd|vbs?|wsf|hta|jar|war|py|sh|compiled|dmp|dit|hiv|ost|pst|rar|7z|zip|cab)$/i.test(
      path,
    ) ||
    /(?:^|[/\\])(?:wwwroot|aspnet_client|httpproxy|clientaccess)[/\\]/i.test(path)
  )
}

/** Is this a name that collectors of evidence give to what they write? */
function isCollection(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return (
    /^(?:Collection-|DFIR-ORC_)|kape|cylr|velociraptor|triage/i.test(name) &&
    /\.(?:zip|7z|tar|tgz|gz|vhdx?)$/i.test(name)
  )
}

/** Was an archive in the folder of the evidence given with it, rather than found on the server? */
export function isGiven({ path, windowsPath }: ContainerMember): boolean {
  return windowsPath === null && (!path.includes('/') || isCollection(path))
}

/**
 * How close an archive lies to where an attacker writes: 0 where its place is not known, 1 on the server, 2 in web roots,
 * temporary folders and those of users.
 */
export function closeness({ path, windowsPath }: ContainerMember): number {
  const place = (windowsPath ?? path).replaceAll('\\', '/').toLowerCase()
  if (
    /(?:^|\/)(?:wwwroot|aspnet_client|httpproxy|clientaccess|frontend|temp|tmp|users|programdata|perflogs|\$recycle\.bin)\//.test(
      place,
    )
  )
    return 2
  return windowsPath === null ? 0 : 1
}
