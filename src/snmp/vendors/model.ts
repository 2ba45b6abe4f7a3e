// How a person writes a model: without the maker, who has a column of his own, and without `series`.

const longestModel = 100

/** `Brother HL-2270DW series` -> HL-2270DW. `makers` in lower case. */
export function cleanModel(text: string | null, makers: readonly string[]): string | null {
  let model = (text ?? '').slice(0, longestModel).replaceAll(/\s+/g, ' ').trim()
  const maker = makers.find((maker) => model.toLowerCase().startsWith(`${maker} `))
  if (maker !== undefined) model = model.slice(maker.length).trim()
  if (model.toLowerCase().endsWith(' series')) model = model.slice(0, -' series'.length).trim()
  return model === '' ? null : model
}
