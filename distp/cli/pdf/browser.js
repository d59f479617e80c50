import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
/** A browser that can print to PDF (Chromium, Chrome or Edge): the path of its program, or null where none is found. */
export function findBrowser(machine = thisMachine) {
    return [...inPath(machine), ...usualPlaces(machine)].find(machine.isProgram) ?? null;
}
const thisMachine = {
    platform: process.platform,
    env: process.env,
    isProgram: (path) => {
        try {
            accessSync(path, constants.X_OK);
            return statSync(path).isFile();
        }
        catch {
            return false;
        }
    },
};
const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
    'microsoft-edge-stable',
    'msedge',
];
/** Folders of PATH that begin at the root: one that depends on where a run was started might be the evidence's. */
function inPath({ platform, env }) {
    const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
    const end = platform === 'win32' ? '.exe' : '';
    return names.flatMap((name) => folders.map((folder) => join(folder, name + end)));
}
function usualPlaces({ platform, env }) {
    if (platform === 'darwin')
        return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
    if (platform !== 'win32')
        return ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return [
        'Google/Chrome/Application/chrome.exe',
        'Microsoft/Edge/Application/msedge.exe',
        'Chromium/Application/chrome.exe',
    ].flatMap((program) => roots.map((root) => join(root, program)));
}
/** Ends a browser, and all that it has started, at once. It was begun as a group of its own, where there are such. */
export function endBrowser(pid) {
    try {
        process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    }
    catch {
        // It has ended meanwhile.
    }
}
//# sourceMappingURL=browser.js.map