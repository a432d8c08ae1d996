"""Cities and their time zones: English name first, then Portuguese and Spanish names where they differ."""

CITIES = """
Europe/Lisbon Lisbon=Lisboa; Porto=Oporto; Braga; Coimbra; Faro; Aveiro; Évora; Portugal
Atlantic/Azores Ponta Delgada=Azores=Açores
Atlantic/Madeira Funchal=Madeira
Europe/Madrid Madrid=Madri; Barcelona; Valencia=Valência; Seville=Sevilla=Sevilha; Zaragoza=Saragossa=Saragoça; Málaga; Bilbao; Granada; Vigo; Palma=Palma de Mallorca=Palma de Maiorca; Murcia=Múrcia; Salamanca
Atlantic/Canary Las Palmas; Tenerife=Santa Cruz de Tenerife=Canárias
Europe/London London=Londres; Manchester=Mánchester; Birmingham; Liverpool; Leeds; Bristol; Edinburgh=Edimburgo; Glasgow; Cardiff; Belfast; Oxford; Cambridge
Europe/Dublin Dublin=Dublín=Dublim; Cork; Galway
Europe/Paris Paris=París; Marseille=Marsella=Marselha; Lyon=Lião; Toulouse; Nice=Niza; Bordeaux=Burdeos=Bordéus; Lille; Strasbourg=Estrasburgo; Nantes
Europe/Berlin Berlin=Berlín=Berlim; Hamburg=Hamburgo; Munich=Múnich=Munique=München; Cologne=Colonia=Colônia=Colónia=Köln; Frankfurt=Fráncfort; Stuttgart; Düsseldorf; Leipzig; Dresden=Dresde=Dresda; Bremen; Hanover=Hannover
Europe/Rome Rome=Roma; Milan=Milán=Milão=Milano; Naples=Nápoles=Napoli; Turin=Turín=Turim=Torino; Florence=Florencia=Florença=Firenze; Venice=Venecia=Veneza=Venezia; Bologna=Bolonia=Bolonha; Genoa=Génova; Palermo; Verona
Europe/Vatican Vatican City=Ciudad del Vaticano=Cidade do Vaticano=Vaticano
Europe/Amsterdam Amsterdam=Ámsterdam=Amsterdã=Amesterdão; Rotterdam=Róterdam=Roterdã; The Hague=La Haya=Haia; Utrecht; Eindhoven
Europe/Brussels Brussels=Bruselas=Bruxelas=Bruxelles; Antwerp=Amberes=Antuérpia; Ghent=Gante; Bruges=Brujas
Europe/Luxembourg Luxembourg=Luxemburgo
Europe/Zurich Zurich=Zúrich=Zurique; Geneva=Ginebra=Genebra; Basel=Basilea=Basileia; Bern=Berna; Lausanne=Lausana
Europe/Vienna Vienna=Viena=Wien; Salzburg=Salzburgo; Graz; Innsbruck
Europe/Prague Prague=Praga; Brno
Europe/Bratislava Bratislava
Europe/Warsaw Warsaw=Varsovia=Varsóvia; Krakow=Cracovia=Cracóvia=Kraków; Gdansk=Gdańsk; Wroclaw=Wrocław=Breslavia
Europe/Budapest Budapest=Budapeste
Europe/Bucharest Bucharest=Bucarest=Bucareste; Cluj
Europe/Sofia Sofia=Sofía=Sófia
Europe/Belgrade Belgrade=Belgrado
Europe/Zagreb Zagreb
Europe/Ljubljana Ljubljana=Liubliana
Europe/Sarajevo Sarajevo
Europe/Skopje Skopje=Skopie
Europe/Tirane Tirana
Europe/Athens Athens=Atenas; Thessaloniki=Tesalónica=Salónica
Europe/Istanbul Istanbul=Estambul=Istambul; Ankara; Izmir=Esmirna
Europe/Stockholm Stockholm=Estocolmo; Gothenburg=Gotemburgo; Malmö
Europe/Oslo Oslo; Bergen
Europe/Copenhagen Copenhagen=Copenhague=Copenhaga; Aarhus
Europe/Helsinki Helsinki=Helsinque=Helsínquia; Tampere
Atlantic/Reykjavik Reykjavik=Reikiavik=Reykjavík
Europe/Tallinn Tallinn=Tallin=Talin
Europe/Riga Riga
Europe/Vilnius Vilnius=Vilna
Europe/Kyiv Kyiv=Kiev=Quieve; Odesa=Odessa; Lviv; Kharkiv=Járkov
Europe/Chisinau Chisinau=Chișinău
Europe/Minsk Minsk
Europe/Moscow Moscow=Moscú=Moscou=Moscovo; Saint Petersburg=San Petersburgo=São Petersburgo; Sochi
Asia/Yekaterinburg Yekaterinburg=Ekaterimburgo
Asia/Novosibirsk Novosibirsk
Asia/Vladivostok Vladivostok
Europe/Malta Valletta=La Valeta=Malta
Europe/Monaco Monaco=Mónaco=Mônaco
Europe/Andorra Andorra la Vella=Andorra
Asia/Nicosia Nicosia=Nicósia
America/Sao_Paulo São Paulo=San Pablo; Rio de Janeiro=Río de Janeiro=Rio; Brasília=Brasilia; Belo Horizonte; Curitiba; Porto Alegre; Florianópolis; Goiânia; Campinas; Santos; Vitória; Niterói; Joinville; Londrina; Brazil=Brasil
America/Bahia Salvador=Salvador de Bahia
America/Recife Recife
America/Fortaleza Fortaleza; Natal; João Pessoa; São Luís; Teresina
America/Maceio Maceió; Aracaju
America/Belem Belém; Macapá
America/Manaus Manaus=Manaos
America/Cuiaba Cuiabá
America/Campo_Grande Campo Grande
America/Porto_Velho Porto Velho
America/Boa_Vista Boa Vista
America/Rio_Branco Rio Branco
America/Noronha Fernando de Noronha
America/Argentina/Buenos_Aires Buenos Aires; Rosario; La Plata; Mar del Plata; Argentina
America/Argentina/Cordoba Córdoba
America/Argentina/Mendoza Mendoza
America/Santiago Santiago=Santiago de Chile=Santiago do Chile; Valparaíso; Concepción; Chile
America/Montevideo Montevideo=Montevidéu=Montevideu; Uruguay=Uruguai
America/Asuncion Asunción=Assunção
America/La_Paz La Paz; Santa Cruz de la Sierra; Cochabamba; Sucre
America/Lima Lima; Cusco=Cuzco; Arequipa; Peru=Perú
America/Guayaquil Quito; Guayaquil; Cuenca
America/Bogota Bogotá; Medellín=Medelim; Cali; Barranquilla; Cartagena=Cartagena de Indias; Colombia=Colômbia
America/Caracas Caracas; Maracaibo
America/Panama Panama City=Ciudad de Panamá=Cidade do Panamá=Panamá=Panama
America/Costa_Rica San José=San José de Costa Rica=São José
America/Managua Managua=Manágua
America/Tegucigalpa Tegucigalpa; San Pedro Sula
America/El_Salvador San Salvador
America/Guatemala Guatemala City=Ciudad de Guatemala=Cidade da Guatemala=Guatemala
America/Belize Belmopan=Belmopán
America/Mexico_City Mexico City=Ciudad de México=Cidade do México=CDMX=México=Mexico; Guadalajara; Puebla; Veracruz; Oaxaca; León; Acapulco; Querétaro
America/Monterrey Monterrey
America/Merida Mérida
America/Cancun Cancún
America/Tijuana Tijuana
America/Hermosillo Hermosillo
America/Chihuahua Chihuahua
America/Havana Havana=La Habana=Havana
America/Santo_Domingo Santo Domingo=São Domingos
America/Puerto_Rico San Juan=Puerto Rico=Porto Rico
America/Port-au-Prince Port-au-Prince=Puerto Príncipe=Porto Príncipe
America/Jamaica Kingston; Jamaica
America/Port_of_Spain Port of Spain=Puerto España
America/Guyana Georgetown
America/Paramaribo Paramaribo
America/New_York New York=Nueva York=Nova York=Nova Iorque=NYC; Washington; Boston; Miami; Atlanta; Philadelphia=Filadelfia=Filadélfia; Orlando; Pittsburgh; Baltimore; Charlotte; Cleveland; Tampa
America/Detroit Detroit
America/Chicago Chicago; Houston; Dallas; Austin; San Antonio; New Orleans=Nueva Orleans=Nova Orleans; Minneapolis; Memphis; Nashville; Kansas City; St. Louis=San Luis; Milwaukee
America/Denver Denver; Salt Lake City; Albuquerque; Boulder; El Paso
America/Phoenix Phoenix; Tucson
America/Los_Angeles Los Angeles; San Francisco=São Francisco; San Diego; Seattle; Portland; Las Vegas; Sacramento; San Jose California; Oakland
America/Anchorage Anchorage
Pacific/Honolulu Honolulu; Hawaii=Hawái=Havaí
America/Toronto Toronto; Montreal=Montréal; Ottawa; Quebec=Québec
America/Winnipeg Winnipeg
America/Edmonton Calgary; Edmonton
America/Vancouver Vancouver; Victoria
America/Halifax Halifax
America/St_Johns St. John's
America/Nuuk Nuuk
Africa/Cairo Cairo=El Cairo; Alexandria=Alejandría
Africa/Casablanca Casablanca; Rabat; Marrakesh=Marrakech=Marraquexe; Fez; Tangier=Tánger
Africa/Algiers Algiers=Argel; Oran=Orán
Africa/Tunis Tunis=Túnez=Tunes
Africa/Tripoli Tripoli=Trípoli
Africa/Lagos Lagos; Abuja; Kano
Africa/Accra Accra=Acra
Africa/Abidjan Abidjan=Abiyán; Yamoussoukro
Africa/Dakar Dakar=Dacar
Africa/Bamako Bamako
Africa/Bissau Bissau=Bisáu
Atlantic/Cape_Verde Praia; Mindelo; Cape Verde=Cabo Verde
Africa/Sao_Tome São Tomé=Santo Tomé
Africa/Luanda Luanda; Benguela; Huambo; Angola
Africa/Maputo Maputo; Beira; Nampula; Mozambique=Moçambique
Africa/Johannesburg Johannesburg=Johannesburgo=Joanesburgo; Cape Town=Ciudad del Cabo=Cidade do Cabo; Durban; Pretoria=Pretória
Africa/Nairobi Nairobi; Mombasa=Mombaça
Africa/Addis_Ababa Addis Ababa=Adís Abeba=Adis Abeba
Africa/Kampala Kampala
Africa/Kigali Kigali
Africa/Dar_es_Salaam Dar es Salaam
Africa/Khartoum Khartoum=Jartum=Cartum
Africa/Kinshasa Kinshasa=Kinsasa=Quinxassa
Africa/Harare Harare
Africa/Lusaka Lusaka
Africa/Windhoek Windhoek=Vinduque
Africa/Gaborone Gaborone
Indian/Antananarivo Antananarivo
Indian/Mauritius Port Louis
Asia/Jerusalem Jerusalem=Jerusalén=Jerusalém; Tel Aviv; Haifa
Asia/Gaza Gaza
Asia/Beirut Beirut=Beirute
Asia/Damascus Damascus=Damasco
Asia/Amman Amman=Amán=Amã
Asia/Baghdad Baghdad=Bagdad=Bagdá=Bagdade
Asia/Tehran Tehran=Teherán=Teerã=Teerão
Asia/Riyadh Riyadh=Riad=Riade; Jeddah=Yeda; Mecca=La Meca=Meca
Asia/Kuwait Kuwait City=Kuwait=Cidade do Kuwait
Asia/Qatar Doha
Asia/Bahrain Manama
Asia/Dubai Dubai=Dubái; Abu Dhabi=Abu Dabi
Asia/Muscat Muscat=Mascate
Asia/Baku Baku=Bakú
Asia/Tbilisi Tbilisi=Tiflis
Asia/Yerevan Yerevan=Ereván=Erevan
Asia/Kabul Kabul=Cabul
Asia/Karachi Karachi=Carachi; Lahore; Islamabad
Asia/Tashkent Tashkent=Taskent
Asia/Almaty Almaty=Almatý; Astana
Asia/Kolkata New Delhi=Nueva Delhi=Nova Délhi=Nova Deli; Delhi=Délhi=Deli; Mumbai=Bombay=Bombaim; Bangalore=Bengaluru; Kolkata=Calcutta=Calcuta; Chennai=Madras=Madrás; Hyderabad; Pune; Goa; Ahmedabad; India=Índia
Asia/Colombo Colombo
Asia/Kathmandu Kathmandu=Katmandú=Catmandu
Asia/Dhaka Dhaka=Daca
Asia/Yangon Yangon=Rangún=Rangum
Asia/Bangkok Bangkok=Banguecoque; Phuket
Asia/Phnom_Penh Phnom Penh=Nom Pen
Asia/Vientiane Vientiane=Vientián
Asia/Ho_Chi_Minh Ho Chi Minh City=Ciudad Ho Chi Minh=Ho Chi Minh=Saigon=Saigón
Asia/Bangkok Hanoi=Hanói
Asia/Kuala_Lumpur Kuala Lumpur
Asia/Singapore Singapore=Singapur=Singapura=Cingapura
Asia/Jakarta Jakarta=Yakarta=Jacarta; Bandung
Asia/Makassar Bali=Denpasar
Asia/Manila Manila=Manilha; Cebu
Asia/Dili Dili=Díli
Asia/Macau Macau=Macao
Asia/Hong_Kong Hong Kong
Asia/Shanghai Beijing=Pekín=Pequim=Peking; Shanghai=Xangai=Shanghái; Shenzhen; Guangzhou=Cantón=Cantão; Chengdu; Wuhan; China
Asia/Taipei Taipei=Taipéi=Taipé
Asia/Seoul Seoul=Seúl=Seul; Busan
Asia/Pyongyang Pyongyang=Pionyang
Asia/Tokyo Tokyo=Tokio=Tóquio; Osaka; Kyoto=Kioto=Quioto; Nagoya; Sapporo; Yokohama; Hiroshima; Fukuoka; Japan=Japón=Japão
Asia/Ulaanbaatar Ulaanbaatar=Ulán Bator
Australia/Sydney Sydney=Sídney; Canberra=Camberra
Australia/Melbourne Melbourne
Australia/Brisbane Brisbane; Gold Coast
Australia/Adelaide Adelaide=Adelaida
Australia/Perth Perth
Australia/Darwin Darwin
Australia/Hobart Hobart
Pacific/Auckland Auckland; Wellington; Christchurch
Pacific/Fiji Suva
Pacific/Guam Guam
Pacific/Port_Moresby Port Moresby
Pacific/Tahiti Papeete=Tahiti
"""
"""One line a zone: `zone city=other name=other name; city`."""
