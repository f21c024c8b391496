/** `${Name}` and `&{Name}` of a loop's identifier put into a text; `&{…}` leaves out what is not alphanumeric. */
export function bind(text: string, bindings: ReadonlyMap<string, string>): string {
  return text.replace(/([$&])\{([^{}!]+)\}/g, (whole, sign: string, name: string) => {
    const value = bindings.get(name);
    if (value === undefined) return whole;
    return sign === '$' ? value : value.replace(/[^A-Za-z0-9]/g, '');
  });
}
