declare module "virtual:texts" {
  /** Loaders by language and part: `en/shared`, `pl/explore` … */
  const loaders: Record<string, () => Promise<{ default: object }>>;
  export default loaders;
}
