/** Keeps the place of what is still loading, in its real height, and says so after a moment. */
export function Waiting({ what, height }: { what: string; height: number }) {
  return (
    <div className="waiting" style={{ minHeight: height }} role="status">
      <span>Loading {what}…</span>
    </div>
  );
}
