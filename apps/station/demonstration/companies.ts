// Lists the organisations that bank at the demonstration branch: who pays wages, who brings in cash.

/**
 * shop: brings the day's cash; employer: pays wages on the 25th; landlord: collects rents on the 1st;
 * utility: collects bills; club: small and irregular.
 */
export type Trade = 'shop' | 'employer' | 'landlord' | 'utility' | 'club';

export interface Company {
  readonly name: string;
  readonly latinName?: string;
  readonly country: string;
  readonly trade: Trade;
  /** Pattern of the number in the register of its country; `#` is a digit. */
  readonly register: string;
}

const company = (
  trade: Trade,
  country: string,
  register: string,
  name: string,
  latinName?: string,
): Company =>
  Object.freeze({ trade, country, register, name, ...(latinName ? { latinName } : {}) });

export const companies: readonly Company[] = Object.freeze([
  company('employer', 'DE', 'HRB 4####', 'Mainwerk Maschinenbau GmbH'),
  company('employer', 'DE', 'HRB 5####', 'Klinik am Ufer gGmbH'),
  company('employer', 'DE', 'HRB 6####', 'Uferblick Logistik GmbH'),
  company('employer', 'DE', 'HRB 7####', 'Stadtwerkstatt Software GmbH'),
  company('employer', 'DE', 'HRB 8####', 'Riverside Hotel Betriebs GmbH'),
  company('employer', 'FR', '### ### ###', 'Atelier Bateliers SARL'),
  company('landlord', 'DE', 'HRB 1####', 'Wohnbau Mainkai eG'),
  company('landlord', 'DE', 'HRA 2####', 'Hausverwaltung Lindenallee KG'),
  company('utility', 'DE', 'HRB 3####', 'Flusskraft Energie AG'),
  company('utility', 'DE', 'HRB 9####', 'Mainnetz Telefon GmbH'),
  company('shop', 'DE', 'HRA 1####', 'Bäckerei Brückner e.K.'),
  company('shop', 'DE', 'HRA 3####', 'Blumen Rosenweg OHG'),
  company('shop', 'DE', 'HRB 2####', 'Apotheke am Goetheplatz'),
  company('shop', 'DE', 'HRA 4####', 'Buchhandlung Schiller & Töchter'),
  company('shop', 'DE', 'HRA 5####', 'Kiosk Mainkai'),
  company('shop', 'DE', 'HRB 1####', 'Fahrrad Krüger GmbH'),
  company('shop', 'ES', 'B########', 'Taberna La Ribera S.L.'),
  company('shop', 'GR', '########000', 'Ταβέρνα Ο Μύλος Α.Ε.', 'Taverna O Mylos A.E.'),
  company('shop', 'UA', '########', 'ТОВ Калина', 'TOV Kalyna'),
  company('shop', 'PL', '##########', 'Piekarnia Młyńska sp. z o.o.'),
  company(
    'shop',
    'CN',
    '91310000########',
    '上海江边茶业有限公司',
    'Shanghai Jiangbian Tea Co., Ltd.',
  ),
  company('shop', 'JP', '############', '株式会社さくら食堂', 'Sakura Shokudo K.K.'),
  company('shop', 'KW', '######', 'شركة الخليج للتمور', 'Al-Khaleej Dates Company'),
  company('shop', 'IN', 'U#####MH2011', 'गंगा मसाले प्राइवेट लिमिटेड', 'Ganga Masale Private Limited'),
  company('shop', 'KR', '###-##-#####', '한강 무역 주식회사', 'Hangang Trading Co., Ltd.'),
  company('shop', 'US', '##-#######', 'Hudson Rowing Supplies LLC'),
  company('club', 'DE', 'VR 1####', 'Ruderverein Uferstraße e.V.'),
  company('club', 'DE', 'VR 2####', 'Tafel am Fluss e.V.'),
  company('club', 'DE', 'VR 3####', 'Förderverein Schillerschule e.V.'),
  company('club', 'FR', 'W#########', 'Association des Parents de Strasbourg'),
]);
