// What panels say of a printer that is ready, asleep, warming up or at work, as the makers' panels have it.

/** By language. */
const phrases = {
  en: 'ready, idle, online, on-line, normal, ok, asleep, sleep, sleeping, sleepmode, standby, stand-by, hibernate',
  enPower:
    'power save, power saver, power saving, powersave, powersaver, low power, eco, please wait',
  enEnergy:
    'energy save, energy saver, energy saving, energy star, receiving data, receiving, deleted',
  enWork:
    'warming up, warm up, warmup, heating, heating up, preheating, cooling down, processing, printing',
  enMore: 'copying, scanning, initializing, initialising, calibrating',
  de: 'bereit, druckbereit, kopierbereit, betriebsbereit, bereitschaft, bereitschaftsmodus, energiesparmodus',
  dePower:
    'energiesparen, energiesparbetrieb, energiesparzustand, sparmodus, sparbetrieb, stromsparmodus',
  deSleep: 'stromsparbetrieb, ruhezustand, ruhemodus, schlafmodus, schlaf, bitte warten',
  deWork: 'aufwärmen, aufheizen, aufwärmphase, druckt, drucken, druckvorgang',
  fr: 'prêt, prête, veille, veille prolongée, en veille, repos, inactif, inactive, attente, éco énergie',
  frPower:
    'économie énergie, économie d énergie, économies d énergie, préchauffage, préchauffe, chauffe',
  frWork: 'impression, en cours d impression, impression en cours',
  es: 'listo, lista, preparado, preparada, en espera, espera, reposo, suspensión, inactiva, inactivo',
  esPower: 'ahorro, ahorro de energía, ahorro energía, calentando, calentamiento, imprimiendo',
  it: 'pronto, pronta, riposo, sospensione, in attesa, attesa, risparmio energia, risparmio energetico',
  itWork: 'riscaldamento, in riscaldamento, stampa, in stampa, stampa in corso',
  pt: 'em espera, repouso, em repouso, suspensão, dormir, economia de energia, poupança de energia',
  ptWork: 'poupança energia, aquecendo, aquecimento, a aquecer, imprimindo, a imprimir',
  nl: 'gereed, klaar, slaapstand, slaapmodus, slaap, sluimerstand, energiespaarstand, energiebesparing',
  nlWork: 'energiebesparende, opwarmen, afdrukken',
  sv: 'klar, redo, viloläge, sparläge, energisparläge, strömsparläge, energispar, värmer upp, uppvärmning, skriver ut',
  da: 'dvale, dvaletilstand, slumretilstand, strømsparetilstand, energibesparelse, varmer op, opvarmning, udskriver',
  no: 'dvalemodus, hvilemodus, strømsparing, strømsparemodus, varmer opp, oppvarming',
  fi: 'valmis, valmiustila, lepotila, virransäästö, virransäästötila, lämpenee, lämmitys, tulostaa',
  pl: 'gotowa, gotowe, gotowy, gotowość, gotowości, uśpienie, uśpienia, czuwanie, czuwania, oszczędzanie energii',
  plWork: 'oszczędzania energii, nagrzewanie, rozgrzewanie, drukowanie, drukuje',
  cs: 'připraveno, připravena, připraven, spánek, spánku, úsporný, úspora energie, zahřívání, tisk, tiskne',
  sk: 'pripravené, pripravená, pripravený, spánku, šetrenie energie, zahrievanie',
  hu: 'kész, alvó, alvás, energiatakarékos, bemelegítés, nyomtatás',
  tr: 'hazır, uyku, bekleme, güç tasarrufu, enerji tasarrufu, ısınıyor, yazdırılıyor',
  ru: 'готов, готово, готова, готов к печати, готов к работе, сон, сна, спящий, спит, ожидание, ожидания',
  ruPower: 'экономия энергии, экономии энергии, энергосбережение, энергосбережения',
  ruWork: 'прогрев, разогрев, нагрев, подогрев, печать, идет печать, печатает',
  uk: 'готовий, готово до друку, сплячий',
} as const

/** Words that stand around them, and say nothing by themselves. */
const aside = {
  en: 'printer, is, to, print, copy, scan, mode, on, in, deep, active, engine, the, auto',
  de: 'aktiv, aktiviert, ein, an, im, modus, drucker, zum, wird',
  fr: 'à, imprimer, copier, imprimante, en, de, activé, activée',
  es: 'para, imprimir, copiar, modo, impresora, activado',
  it: 'modalità, per, stampare, attiva, attivo, stampante',
  pt: 'impressora, ativado',
  nl: 'aan, om, af, te, drukken, modus',
  nordic: 'att, skriva, läge, på, til, at, udskrive, tila',
  pl: 'tryb, trybie, stan, do, drukarka, druku, pracy, włączony',
  cs: 'režim, stav, tiskárna',
  hu: 'mód, üzemmód',
  tr: 'modu, moduna',
  ru: 'режим, режиме, включен, включён, в, принтер',
} as const

/** Chinese, Japanese, Korean: set without blanks. */
const eastern = {
  zh: '就绪, 就緒, 准备就绪, 準備就緒, 准备, 待机, 待機, 待命, 睡眠, 休眠, 节能, 節能, 节电, 省电, 省電, 低功耗',
  zhWork: '预热, 預熱, 打印, 列印, 复印, 联机, 空闲, 閒置',
  ja: '準備完了, 印刷可, 印刷可能, 印刷できます, プリントできます, コピーできます, スリープ, 省エネ, 節電',
  jaWork: '予熱, ウォーミングアップ, ウォームアップ, 印刷, プリント, オンライン, レディ, レディー',
  ko: '준비, 준비완료, 준비됨, 대기, 절전, 예열, 인쇄, 슬립, 온라인',
} as const
const easternAside = {
  zh: '模式, 状态, 狀態, 正在, 启用, 啟用, 已, 开启, 開啟, 进入, 中',
  ja: '状態, モード, しています, 中です',
  ko: '모드, 중입니다, 입니다, 중',
} as const

export const rest = listed(phrases)
export const around = listed(aside)
export const easternRest = listed(eastern)
export const easternAround = listed(easternAside)

function listed(byLanguage: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(byLanguage).flatMap((words) => words.split(', '))
}
