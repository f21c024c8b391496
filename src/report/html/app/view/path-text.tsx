/** A path in code letters, broken over lines after its slashes only where it can be. */
export function PathText({ path }: { readonly path: string }) {
  return (
    <code class="path">
      {path.split(/(?<=\/)/).map((part, index) => (
        <>
          {index > 0 && <wbr />}
          {part}
        </>
      ))}
    </code>
  );
}
