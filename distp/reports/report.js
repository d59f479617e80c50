/** Labels of the Traffic Light Protocol, version 2.0: https://www.first.org/tlp/ */
export const tlps = ['clear', 'green', 'amber', 'amber+strict', 'red'];
export const nothingNamed = { victim: false, tlp: null };
/** The label that holds. */
export function tlpOf({ victim, tlp }) {
    return tlp ?? (victim ? 'amber+strict' : 'amber');
}
//# sourceMappingURL=report.js.map