/** The products as their maker names them. */
export function productWords(product) {
    if (product === '' || product === 'none')
        return 'no sign of Exchange in the evidence';
    if (product === 'exchange-online')
        return 'Exchange Online';
    const year = /^(?:exchange-?)?(20\d\d|se)$/i.exec(product);
    return year ? `Exchange Server ${year[1].toUpperCase()}` : product;
}
//# sourceMappingURL=product.js.map