/** The sign of Fovea: sight that sharpens towards one spot. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <circle cx="12" cy="12" r="11" stroke="currentColor" strokeOpacity=".28" strokeWidth="1" />
      <circle cx="12" cy="12" r="7.2" stroke="currentColor" strokeOpacity=".75" strokeWidth="1.6" />
      <circle cx="12" cy="12" r="3.2" fill="var(--spot)" />
    </svg>
  );
}
