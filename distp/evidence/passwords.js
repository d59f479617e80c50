/** Why an encrypted member stays closed. Says how many passwords were tried, never which. */
export function noPassword({ passwords: { length } }) {
    if (length === 0)
        return 'encrypted in the archive; --password-file would give its password';
    return `encrypted in the archive: ${noneOpens(length)}`;
}
/** The sentence that this many passwords were tried without success. */
export function noneOpens(passwords) {
    return passwords === 1 ? 'the password given does not open it' : `none of the ${passwords} passwords given opens it`;
}
//# sourceMappingURL=passwords.js.map