/** What may be wrong with a path at which nothing is, as a sentence with a space before it; empty where nothing is noticed. */
export function pathHint(path, platform = process.platform) {
    if (path.includes('"'))
        return ' The path contains a quotation mark: a backslash before the closing quotation mark (\\") makes it part of the path, and what follows, too. Write "C:\\evidence", without the last backslash.';
    if (/^[\u2010-\u2015\u2212]/.test(path))
        return ' It begins with a long dash. Options begin with two hyphens: --out.';
    if (path === '~' || path.startsWith('~/') || path.startsWith('~\\'))
        return ' The shell did not replace ~ with your home folder. Write the path in full.';
    if (platform === 'win32')
        return '';
    const drive = /^([A-Za-z]):[\\/](.*)$/s.exec(path);
    if (drive) {
        const there = `/mnt/${drive[1].toLowerCase()}/${drive[2].replaceAll('\\', '/')}`;
        return ` This is a Windows path, and the system is ${systemName(platform)}.${platform === 'linux' ? ` In WSL it is ${there}.` : ''}`;
    }
    if (/^\\\\[^\\]/.test(path))
        return ` This is a path of the Windows network, and the system is ${systemName(platform)}. Mount the share, and name the folder where it is mounted.`;
    if (/^[A-Za-z]:[^\\/]/.test(path) || path.includes('\\'))
        return ' The path contains a backslash or a drive, as on Windows. In bash, put a path with backslashes in quotes, and use / between folders.';
    return '';
}
const systemName = (platform) => platform === 'linux' ? 'Linux' : platform === 'darwin' ? 'macOS' : platform;
//# sourceMappingURL=path-hint.js.map